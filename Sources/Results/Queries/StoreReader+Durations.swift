import GRDB

/// How long a finished trial took, and what it was: the ground of an estimate for one that has not run.
public struct TrialDuration: Hashable, Sendable {
    public var layout: String
    /// The canonical form that is hashed to the identity.
    public var canonical: String
    public var epochs: Int
    public var wallSeconds: Double
    /// Multiply–accumulates of one image, forward.
    public var multiplyAccumulates: Int?
    /// Images a second in training; nil where a debug build measured.
    public var imagesPerSecond: Double?
}

extension StoreReader {
    /// No more of the latest trials are looked at.
    static let mostDurations = 2_000

    /// The durations of the latest finished trials of a processor and an engine, the latest first. A resumed trial's time
    /// is what its worker reported.
    public func durations(processor: String, engine: Int) throws -> [TrialDuration] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT t.layout, t.specification, t.epochs, a.wall_seconds, m.multiply_accumulates, m.training_median
                    FROM trial t JOIN attempt a ON a.id = t.selected_attempt LEFT JOIN measurement m ON m.attempt = a.id
                    WHERE t.state = 'done' AND t.removed_at IS NULL AND a.wall_seconds IS NOT NULL
                        AND a.processor = ? AND t.engine = ?
                    ORDER BY a.id DESC LIMIT ?
                    """, arguments: [processor, engine, StoreReader.mostDurations]
            ).map { row in
                let speed: Double? = try row.value("training_median")
                return try TrialDuration(
                    layout: row.value("layout"), canonical: row.value("specification"), epochs: row.value("epochs"),
                    wallSeconds: row.seconds("wall_seconds") ?? 0,
                    multiplyAccumulates: row.value("multiply_accumulates"),
                    imagesPerSecond: speed.flatMap { $0 > 0 ? $0 : nil })
            }
        }
    }
}
