import Experiments
import GRDB

extension SummaryFacts {
    /// Whether any trial has a value of the metric.
    var hasValues: Bool {
        rows.contains { row in row.trials.contains { $0.outcome.value != nil } }
    }

    /// The metrics that results of an experiment have, as `--metric` takes them: `accuracy pairs=4`, `validation loss`.
    static func measured(_ experiment: Int64, _ database: Database) throws -> [String] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT v.split, v.name, v.part
                FROM experiment_row r
                JOIN row_trial rt ON rt.row = r.id
                JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
                JOIN result v ON v.attempt = t.selected_attempt AND v.split != 'train'
                WHERE r.experiment = ? AND r.removed_at IS NULL ORDER BY v.split, v.name, v.part
                """, arguments: [experiment]
        ).map { row in
            let (split, name, part): (String, String, String) = try (
                row.value(at: 0), row.value(at: 1), row.value(at: 2)
            )
            return (split == Split.test.rawValue ? "" : split + " ") + name + (part.isEmpty ? "" : " " + part)
        }
    }
}
