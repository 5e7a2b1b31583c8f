import GRDB

/// How long a finished trial took, and what it was: the ground of an estimate for one that has not run.
public struct TrialDuration: Hashable, Sendable {
    public var identity: String
    public var layout: String
    public var dataset: String
    public var width: Int
    public var batch: Int
    /// Nil for all of the data set.
    public var trainExamples: Int?
    public var epochs: Int
    public var wallSeconds: Double
}

extension StoreReader {
    /// The durations of all finished trials, the latest last. A resumed trial's time is what its worker reported.
    public func durations() throws -> [TrialDuration] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT t.identity, t.layout, t.dataset, t.width, t.batch, t.train_examples, t.epochs, a.wall_seconds
                    FROM trial t JOIN attempt a ON a.id = t.selected_attempt
                    WHERE t.state = 'done' AND t.removed_at IS NULL AND a.wall_seconds IS NOT NULL
                    ORDER BY a.id
                    """
            ).map { row in
                try TrialDuration(
                    identity: row.value("identity"), layout: row.value("layout"), dataset: row.value("dataset"),
                    width: row.value("width"), batch: row.value("batch"), trainExamples: row.value("train_examples"),
                    epochs: row.value("epochs"), wallSeconds: row.seconds("wall_seconds") ?? 0)
            }
        }
    }
}
