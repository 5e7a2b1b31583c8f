import GRDB

extension Summary {
    /// The epoch after which a row was stopped; nil for one that went on or was trained to the end later.
    public func stop(of row: SummaryRow) -> Int? {
        row.count(.done) == row.outcomes.count ? nil : bracket?.stop(of: row.name)
    }
}

/// What successive halving has decided so far: which rows were stopped, after which epoch.
public struct Bracket: Hashable, Sendable {
    /// Rows that were stopped at a rung, by the epoch after which they were.
    public struct Rung: Hashable, Sendable {
        public var epochs: Int
        /// How many rows were compared there.
        public var rows: Int
        /// The names of those that were stopped.
        public var stopped: [String]
    }

    public var rungs: [Rung]

    /// The epoch after which a row was stopped; nil for one that went on.
    public func stop(of row: String) -> Int? {
        rungs.first { $0.stopped.contains(row) }?.epochs
    }

    /// Nil for an experiment that was not halved.
    init?(_ experiment: Int64, _ database: Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT b.rung, b.epochs, r.name, o.outcome
                FROM bracket b
                JOIN bracket_row o ON o.experiment = b.experiment AND o.rung = b.rung
                JOIN experiment_row r ON r.id = o.row
                WHERE b.experiment = ? ORDER BY b.rung, r.position
                """, arguments: [experiment])
        guard !rows.isEmpty else { return nil }
        rungs = []
        for row in rows {
            let epochs: Int = row["epochs"]
            if rungs.last?.epochs != epochs { rungs.append(Rung(epochs: epochs, rows: 0, stopped: [])) }
            let outcome: String = row["outcome"]
            rungs[rungs.count - 1].rows += 1
            if outcome == RungOutcome.Decision.stopped.rawValue { rungs[rungs.count - 1].stopped.append(row["name"]) }
        }
    }
}
