import Experiments

extension ReportPage {
    /// What the claims came to, and what stands in the way.
    var answer: [Markup] {
        let summary = report.summary
        let warnings = incomplete.map { Markup.element("p", ["class": "warning"], text: $0) }
        guard !summary.claims.isEmpty else { return warnings + best(["class": "lead"]) }
        let table = HTMLTable(
            table: summary.claimTable().ordered(["claim", "verdict"]), identifier: "claims", caption: explanation
        ) { row, column in
            switch column {
            case "claim": [claim(summary.claims[row].better, summary.claims[row].worse)]
            case "verdict": [verdict(summary.claims[row].verdict)]
            default: nil
            }
        }
        return warnings + [.element("p", ["class": "lead"], text: counts)] + table.markup + best([:])
    }

    /// `1 of 2 claims is supported, 1 undecided.`
    private var counts: String {
        let claims = report.summary.claims
        let words = Verdict.allCases.compactMap { verdict -> String? in
            let count = claims.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(count) \(verdict.rawValue)"
        }
        return "\(counted(claims.count, "claim")): \(words.joined(separator: ", "))."
    }

    /// `a`, `a and b`, `a, b and 4 more`.
    private func listed(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.count > 3
            ? "\(names[0]), \(names[1]) and \(names.count - 2) more"
            : "\(names.dropLast().joined(separator: ", ")) and \(last)"
    }

    /// The row with the best mean, and which rows the test tells apart from the reference.
    private func best(_ attributes: KeyValuePairs<String, String?>) -> [Markup] {
        let summary = report.summary
        let best = summary.rows.filter(\.isBest)
        guard let mean = best.first?.mean else { return [] }
        let others = summary.rows.filter { !$0.isReference && $0.comparison?.differences.mean != nil }
        let apart = others.filter { $0.comparison?.isSeparated ?? false }
        var words = "Best mean: \(listed(best.map(\.name))), \(summary.metric.valueWords(mean))."
        if !others.isEmpty {
            words += " Told apart from \(summary.reference): "
            words +=
                apart.isEmpty
                ? "no row"
                : apart.count == others.count
                    ? "every other row" : "\(apart.count) of \(counted(others.count, "other row"))"
            words += "."
        }
        return [.element("p", attributes, text: isolated(words))]
    }

    func verdict(_ verdict: Verdict) -> Markup {
        let sign = [Verdict.supported: "✓", .contradicted: "✗", .undecided: "?"][verdict] ?? ""
        return .element(
            "span", ["class": "verdict \(verdict.rawValue)"],
            [.element("span", ["aria-hidden": "true"], text: sign), .text(" \(verdict.rawValue)")])
    }

    private var explanation: String {
        let test = SignFlipTest.words(pairs: report.summary.seeds.count)
        return "Δ is the mean difference over paired seeds, with its 95 % t interval; p is \(test), adjusted by "
            + "Holm over all claims. A claim is decided where p is below 0.05 and the interval leaves out 0."
    }

    /// Why the page is not the last word yet.
    private var incomplete: [String] {
        let outcomes = report.summary.shownRows.flatMap(\.outcomes)
        let waiting = outcomes.count { $0.state != .done && $0.state != .diverged }
        guard waiting > 0 else { return [] }
        return [
            "Not complete: \(waiting) of \(outcomes.count) trials have no result yet. Everything below is about the others."
        ]
    }

    /// The summary's table with the layouts drawn, its parts, and its notes.
    var ablation: [Markup] {
        let summary = report.summary
        let main = summary.table(withParts: false).ordered([
            "row", "layout", "seeds", "mean", "sd", "difference", "interval", "p_holm", "published",
        ])
        let pictures = Dictionary(
            report.pictures.map { ($0.row.name, $0.picture) }, uniquingKeysWith: { first, _ in first })
        let table = HTMLTable(table: main, identifier: "ablation", caption: main.subtitle ?? "") { row, column in
            guard column == "layout", summary.rows.indices.contains(row) else { return nil }
            return layout(summary.rows[row], pictures[summary.rows[row].name])
        }
        var content = table.markup
        if !summary.shownParts.isEmpty {
            let parts = summary.partTable()
            content += HTMLTable(table: parts, identifier: "parts", caption: parts.title ?? "").markup
        }
        let notes = main.notes.map { Markup.element("li", text: isolated($0)) }
        return content + (notes.isEmpty ? [] : [.element("ul", ["class": "fine"], notes)])
    }

    /// A layout's blocks above its notation.
    private func layout(_ row: SummaryRow, _ picture: LayoutPicture?) -> [Markup] {
        let code = Markup.element("code", [:], [.element("bdi", text: VisibleText.singleLine(row.layout))])
        return [picture.map(LayoutsFigure.thumbnail), code].compactMap { $0 }
    }
}

extension Table {
    /// The table with these columns first, where it has them.
    func ordered(_ names: [String]) -> Table {
        let first = names.compactMap { name in columns.firstIndex { $0.name == name } }
        let order = first + columns.indices.filter { !first.contains($0) }
        var table = self
        table.columns = order.map { columns[$0] }
        table.rows = rows.map { row in order.map { row[$0] } }
        return table
    }
}
