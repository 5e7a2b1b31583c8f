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
                TrialDuration(
                    identity: row["identity"], layout: row["layout"], dataset: row["dataset"], width: row["width"],
                    batch: row["batch"], trainExamples: row["train_examples"], epochs: row["epochs"],
                    wallSeconds: row["wall_seconds"])
            }
        }
    }
}
