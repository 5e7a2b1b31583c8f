import Experiments

extension TrialDetails {
    /// The trial as text that ends with a line break.
    ///
    /// CSV, TSV and JSON lines have one line a fact; JSON has everything, each metric of each epoch included.
    public func render(_ format: TableFormat, style: TextStyle = TextStyle()) -> String {
        switch format {
        case .table, .markdown, .latex: Passage.render(passages(format, style), format, style)
        case .json: json.pretty() + "\n"
        case .csv, .tsv, .jsonl: format.render(flat)
        }
    }

    private var title: String {
        guard let place = places.first else { return "trial with seed \(seed), of no experiment any more" }
        return "\(place.experiment): \(place.row), seed \(seed)"
    }

    private func passages(_ format: TableFormat, _ style: TextStyle) -> [Passage] {
        var passages: [Passage] = [.facts(title: title, facts), .facts(title: "Settings", settingFacts)]
        if !curves.isEmpty { passages.append(.table(curveTable(format, style))) }
        if !results.isEmpty { passages.append(.table(resultTable)) }
        if !attempts.isEmpty { passages.append(.table(attemptTable)) }
        if let attempt = shownAttempt, !attempt.provenance.isEmpty {
            passages.append(
                .facts(
                    title: "Provenance of attempt \(attempt.number)",
                    attempt.provenance.map { Passage.Fact(TrialDetails.shortName($0.path), $0.value) }))
        }
        return passages
    }

    /// Short enough that a digest of 64 digits stands beside it on 80 columns.
    private static func shortName(_ column: String) -> String {
        switch column {
        case "operating_system": "system"
        case "data_digest": "data"
        case "weights_digest": "weights"
        default: column.replacing("_", with: " ")
        }
    }

    private var facts: [Passage.Fact] {
        var state = state.rawValue
        if let reason = shownAttempt?.message ?? shownAttempt?.reason, self.state != .done { state += ": \(reason)" }
        var facts = [Passage.Fact("state", state), Passage.Fact("layout", layout)]
        let others = places.dropFirst().map { "\($0.experiment): \($0.row)" }
        if !others.isEmpty { facts.append(Passage.Fact("also", others.joined(separator: "; "))) }
        if let size {
            facts.append(
                Passage.Fact(
                    "size",
                    "\(words(size.parameters, .count, "parameters")), \(words(size.multiplyAccumulates, .count, "MACs")), "
                        + "\(words(size.activationBytes, .bytes, "of activations")), "
                        + words(size.peakResidentBytes, .bytes, "of memory")))
            let speeds = [("training", size.trainingThroughput), ("inference", size.inferenceThroughput)]
            // A debug build measures none.
            let known = speeds.filter { ($0.1 ?? 0) > 0 }.compactMap { name, speed in
                speed.map { "\(name) \(NumberFormat.count.text($0)) images/s" }
            }
            if !known.isEmpty { facts.append(Passage.Fact("speed", known.joined(separator: ", "))) }
        }
        if let seconds = shownAttempt?.wallSeconds {
            facts.append(Passage.Fact("time", NumberFormat.duration.text(seconds)))
        }
        facts.append(Passage.Fact("identity", identity))
        return facts
    }

    private func words(_ number: Int, _ format: NumberFormat, _ noun: String) -> String {
        (format.text(number) + " " + noun).replacing(" ", with: "\u{a0}")
    }

    /// One fact a section of the file: `train` and its keys.
    private var settingFacts: [Passage.Fact] {
        var sections: [(name: String, words: [String])] = []
        for setting in settings where !["layout", "seed"].contains(setting.path) {
            let parts = setting.path.split(separator: ".", maxSplits: 1).map(String.init)
            let name = parts.count > 1 ? parts[0] : "other"
            let words = "\(parts.last ?? setting.path)\u{a0}\(setting.value)"
            if let index = sections.firstIndex(where: { $0.name == name }) {
                sections[index].words.append(words)
            } else {
                sections.append((name, [words]))
            }
        }
        return sections.map { Passage.Fact($0.name, $0.words.joined(separator: ", ")) } + pixelFacts
    }

    private var pixelFacts: [Passage.Fact] {
        switch pixels {
        case .normalized(let mean, let deviation):
            func list(_ values: [Double]) -> String { values.map { "\($0)" }.joined(separator: ", ") }
            return [
                Passage.Fact("pixels", "(byte / 255 − mean) / sd, mean \(list(mean)), sd \(list(deviation))")
            ]
        case .unknown(let reason):
            return [Passage.Fact("pixels", "how they are normalised is not known here: \(reason)")]
        case nil: return []
        }
    }

    private func curveTable(_ format: TableFormat, _ style: TextStyle) -> Table {
        let room = style.width.map { max(8, min(60, $0 - 52)) } ?? 40
        var columns: [Table.Column] = [
            .init("metric"), .init("first", alignment: .decimal, format: .fixed(4)),
            .init("curve"), .init("last", alignment: .decimal, format: .fixed(4)),
            .init("lowest", alignment: .decimal, format: .fixed(4), narrowing: .drop(1)),
            .init("highest", alignment: .decimal, format: .fixed(4), narrowing: .drop(0)),
        ]
        // LaTeX's fonts have no such bars.
        columns[2].isRaw = format == .latex
        let rows = curves.map { curve in
            let known = curve.values.compactMap { $0 }
            return [
                Table.Cell.text(name(curve.split, curve.name, curve.part)), .number(curve.values.first ?? nil),
                .text(Sparkline.text(curve.values, width: room)), .number(curve.values.last ?? nil),
                .number(known.min()), .number(known.max()),
            ]
        }
        let epochs = curves.map { $0.firstEpoch + $0.values.count - 1 }.max() ?? 0
        return Table(
            title: "Learning curves, \(counted(epochs, "epoch"))", columns: columns, rows: rows)
    }

    private var resultTable: Table {
        Table(
            title: selectedEpoch.map { "Result, at epoch \($0)" } ?? "Result",
            columns: [.init("metric"), .init("value", alignment: .decimal, format: .fixed(4))],
            rows: results.map { [.text(name($0.split, $0.name, $0.part)), .number($0.value)] })
    }

    private var attemptTable: Table {
        let columns: [Table.Column] = [
            .init("attempt", alignment: .right), .init("state"), .init("started", title: "started (UTC)"),
            .init("ended", narrowing: .drop(2)),
            .init("after", title: "goes on after", alignment: .right, narrowing: .drop(1)),
            .init("epochs", alignment: .right), .init("seconds", title: "time", alignment: .right, format: .duration),
            .init("reason", narrowing: .list),
        ]
        return Table(
            title: "Attempts", columns: columns,
            rows: attempts.map { attempt in
                [
                    .integer(attempt.number),
                    Table.Cell(
                        .text(attempt.state), tone: TrialState(rawValue: attempt.state).flatMap { .init(state: $0) }),
                    .text(attempt.startedAt.map { String($0.prefix(19)) }),
                    .text(attempt.endedAt.map { String($0.prefix(19)) }),
                    attempt.resumedAfterEpoch > 0 ? .integer(attempt.resumedAfterEpoch) : .empty,
                    .integer(attempt.epochs), .number(attempt.wallSeconds), .text(attempt.message ?? attempt.reason),
                ]
            })
    }

    /// `test accuracy pairs=4`.
    private func name(_ split: String, _ name: String, _ part: String) -> String {
        "\(split) \(name)" + (part.isEmpty ? "" : " \(part)")
    }
}
