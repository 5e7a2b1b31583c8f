import Foundation

extension SummaryFacts {
    /// The facts with one row for each group of rows that differ in nothing but the selected axes: the one that is best on
    /// validation. What the others reached on test is not looked at.
    ///
    /// The best has the best mean of the table's metric, on the whole of validation, over the seeds that both have; a row that lacks more seeds, because
    /// they diverged, failed or have not been trained, never beats one that lacks fewer. Of equals the first in the file's
    /// order is taken. The row goes by the group's name, which is what the file's reference and claims say.
    func selected() -> SummaryFacts {
        guard !selectedAxes.isEmpty else { return self }
        var groups: [(name: String, rows: [RowFacts])] = []
        for row in rows {
            let name = row.name(without: selectedAxes)
            if let place = groups.firstIndex(where: { $0.name == name }) {
                groups[place].rows.append(row)
            } else {
                groups.append((name, [row]))
            }
        }
        var facts = self
        var choices: [String] = []
        facts.rows = groups.compactMap { group in
            guard var best = group.rows.first else { return nil }
            for row in group.rows.dropFirst() where isBetter(row, best) { best = row }
            choices.append("\(group.name) \(chosen(best).joined(separator: ", "))")
            best.name = group.name
            return best
        }
        let axes = selectedAxes.joined(separator: " and ")
        let isOpen = rows.contains { $0.trials.contains { $0.outcome.state != .done && $0.outcome.state != .diverged } }
        facts.selection =
            "\(axes) chosen for each row by mean validation \(metric.name): \(choices.joined(separator: "; "))."
            + (isOpen ? " Not all of the values have been tried with all seeds yet." : "")
        return facts
    }

    private func isBetter(_ row: RowFacts, _ other: RowFacts) -> Bool {
        let (own, others) = (row.validation, other.validation)
        let lacking = (row.trials.count - own.count, other.trials.count - others.count)
        guard lacking.0 == lacking.1 else { return lacking.0 < lacking.1 }
        let seeds = own.keys.filter { others[$0] != nil }.sorted()
        guard let mean = Moments.mean(seeds.compactMap { own[$0] }),
            let otherMean = Moments.mean(seeds.compactMap { others[$0] })
        else { return false }
        return metric.higherIsBetter ? mean > otherMean : mean < otherMean
    }

    private func chosen(_ row: RowFacts) -> [String] {
        row.axes.filter { $0.count == 2 && selectedAxes.contains($0[0]) }.map { $0[1] }
    }
}

extension SummaryFacts.RowFacts {
    /// The metric on validation by seed, of the seeds that have one.
    fileprivate var validation: [Int: Double] {
        Dictionary(
            trials.compactMap { trial in trial.validation.map { (trial.outcome.seed, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}
