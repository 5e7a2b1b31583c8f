import Experiments

extension ReportPage {
    /// Every trial, to look up and to sort.
    var trials: [Markup] {
        guard !report.trials.isEmpty else { return [] }
        let metric = report.summary.metric
        let columns = [
            Table.Column("row"), Table.Column("seed", alignment: .right), Table.Column("state"),
            Table.Column("value", title: metric.title, alignment: .decimal, format: metric.format),
            Table.Column("selected_epoch", title: "epoch", alignment: .right),
            Table.Column("wall_seconds", title: "time", alignment: .right, format: .duration),
            Table.Column("attempts", alignment: .right), Table.Column("identity"), Table.Column("message"),
        ]
        let rows = report.trials.map { trial in
            [
                Table.Cell.text(trial.row), .integer(trial.seed), .text(trial.state.rawValue), .number(trial.value),
                .integer(trial.selectedEpoch), .number(trial.wallSeconds), .integer(trial.attempts),
                .text(String(trial.identity.prefix(12))), .text(trial.state == .done ? nil : trial.message),
            ]
        }
        let table = HTMLTable(
            table: Table(columns: columns, rows: rows), identifier: "all-trials",
            caption: "One line for each row and seed")
        return [
            .element(
                "details", [:],
                [.element("summary", text: "All \(counted(report.trials.count, "trial")), seed by seed")] + table.markup
            )
        ]
    }

    /// With what, when and how; and how to do it again.
    var provenance: [Markup] {
        let known = report.provenance
        let seeds = report.summary.seeds.map { String($0) }.joined(separator: ", ")
        let list: [(String, [String])] = [
            ("program", known.versions.map { "ablate \($0)" }), ("engine", known.engines),
            ("processor", known.processors), ("threads of a trial", known.threads), ("compiler", known.compilers),
            ("matrix products", known.products), ("operating system", known.systems), ("data set", known.datasets),
            ("data digest", known.digests), ("seeds", [seeds]), ("attempts shown", [String(known.attempts)]),
            ("first start", known.firstStart.map { ["\($0.prefix(19)) UTC"] } ?? []),
            ("last end", known.lastEnd.map { ["\($0.prefix(19)) UTC"] } ?? []),
        ]
        let pairs = list.filter { !$0.1.isEmpty }.map { name, values in
            Markup.element(
                "div", [:],
                [.element("dt", text: name)] + values.map { .element("dd", text: VisibleText.singleLine($0)) })
        }
        return mixture + [.element("dl", ["class": "provenance"], pairs)] + reproduction
    }

    /// Speeds from different machines are no comparison.
    private var mixture: [Markup] {
        let processors = report.provenance.processors
        guard processors.count > 1 else { return [] }
        return [
            .element(
                "p", ["class": "warning"],
                text:
                    "The trials ran on \(processors.count) kinds of processors: do not compare times and speeds of rows."
            )
        ]
    }

    private var reproduction: [Markup] {
        let file = report.summary.name + ".yaml"
        let commands = Markup.element(
            "pre", ["tabindex": "0"], [.element("code", text: report.commands.joined(separator: "\n"))])
        guard !report.source.isEmpty else { return [.element("h3", text: "Again"), commands] }
        return [
            .element("h3", text: "Again"),
            .element(
                "p", [:],
                [
                    .text("Save the file below as "), .element("code", text: VisibleText.singleLine(file)),
                    .text(" and run it; trials that the results database has are not run again."),
                ]),
            commands,
            .element(
                "details", [:],
                [
                    .element("summary", text: "The experiment file"),
                    .element("pre", ["tabindex": "0"], [.element("code", text: report.source)]),
                ]),
        ]
    }
}
