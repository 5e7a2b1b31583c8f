import Experiments
import GRDB

extension SummaryFacts {
    /// The epoch after which placements can be compared, and the validation metric there; nothing where all are done.
    struct Reached {
        /// The last epoch with a validation metric, by row and seed.
        var epochs: [String: [Int: Int]] = [:]
        /// The validation metric by epoch, row and seed.
        var values: [Int: [String: [Int: Double]]] = [:]
    }

    /// Reads how far placements have come, where there are any.
    static func reached(
        _ rows: [RowFacts], _ metric: SummaryMetric, _ experiment: Int64, _ database: Database
    ) throws -> Reached {
        var reached = Reached()
        guard rows.contains(where: { $0.placement != nil }) else { return reached }
        let cursor = try Row.fetchCursor(
            database,
            sql: """
                SELECT r.name, rt.seed, max(m.epoch)
                FROM experiment_row r
                JOIN row_trial rt ON rt.row = r.id
                JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
                JOIN attempt a ON a.trial = t.identity AND a.removed_at IS NULL
                JOIN metric m ON m.attempt = a.id AND m.split = 'validation' AND m.name = ? AND m.part = ''
                WHERE r.experiment = ? AND r.removed_at IS NULL AND m.value IS NOT NULL
                GROUP BY r.id, rt.seed
                """, arguments: [metric.name, experiment])
        while let row = try cursor.next() {
            try reached.epochs[row.value(at: 0), default: [:]][row.value(at: 1)] = row.value(at: 2)
        }
        for (_, entries) in SummaryFacts.groups(rows) {
            guard let epoch = reached.sharedEpoch(entries.map(\.name)) else { continue }
            reached.values[epoch] = try StoreReader.validation(metric.name, afterEpoch: epoch, experiment, database)
        }
        return reached
    }

    /// The rows of each sweep over placements, by name without the placement.
    static func groups(_ rows: [RowFacts]) -> [(name: String, rows: [RowFacts])] {
        var groups: [(name: String, rows: [RowFacts])] = []
        for row in rows {
            guard row.placement != nil else { continue }
            let name = row.name(without: ["placement"])
            if let place = groups.firstIndex(where: { $0.name == name }) {
                groups[place].rows.append(row)
            } else {
                groups.append((name, [row]))
            }
        }
        return groups
    }

    /// The landscape of each sweep: of the results where all placements are done, else of what all have reached.
    func landscapes(_ reached: Reached) -> [Landscape] {
        SummaryFacts.groups(rows).compactMap { name, rows in
            let names = rows.map(\.name)
            let isDone = rows.allSatisfy { row in
                row.trials.allSatisfy { $0.outcome.value != nil } && !row.trials.isEmpty
            }
            let epoch = isDone ? nil : reached.sharedEpoch(names)
            if !isDone, epoch == nil { return nil }
            let entries = rows.map { row in
                let done = row.trials.compactMap { trial in trial.outcome.value.map { (trial.outcome.seed, $0) } }
                let values =
                    epoch.map { reached.values[$0]?[row.name] ?? [:] }
                    ?? Dictionary(done, uniquingKeysWith: { first, _ in first })
                return Landscape.Entry(
                    row: row.name, label: row.placement ?? "", values: values,
                    epochs: reached.epochs[row.name]?.values.min() ?? 0)
            }
            let measured = isDone ? metric : SummaryMetric(name: metric.name, split: "validation")
            return Landscape(name: name, metric: measured, epoch: epoch, entries)
        }
    }
}

extension SummaryFacts.Reached {
    /// The last epoch that every row has reached with some seed; nil where a row has none.
    func sharedEpoch(_ rows: [String]) -> Int? {
        var shared = Int.max
        for row in rows {
            guard let furthest = epochs[row]?.values.max() else { return nil }
            shared = min(shared, furthest)
        }
        return rows.isEmpty ? nil : shared
    }
}

extension SummaryFacts.RowFacts {
    /// The row's name without its values of some axes: its entry in the file with the others.
    func name(without names: [String]) -> String {
        let axes = axes.filter { $0.count == 2 }.map { Experiment.Axis(name: $0[0], value: $0[1]) }
        let values = Experiment.Row.name("", axes)
        let entry = name.hasSuffix(values) ? String(name.dropLast(values.count)) : name
        return Experiment.Row.name(entry, axes.filter { !names.contains($0.name) })
    }

    /// What the sweep placed where: `4,5,6,7`; nil for a row that comes from no set of placements.
    var placement: String? {
        axes.first { $0.first == "placement" }?.last
    }
}
