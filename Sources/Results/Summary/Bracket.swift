import Experiments
import GRDB

extension Summary {
    /// The epoch after which a row was stopped; nil for one that went on or was trained to the end later.
    public func stop(of row: SummaryRow) -> Int? {
        row.count(.done) == row.outcomes.count ? nil : bracket?.stop(of: row.name)
    }
}

/// What successive halving has decided so far: which rows were stopped, after which epoch.
public struct Bracket: Hashable, Sendable {
    /// What became of the rows that were compared after so many epochs, in the table's order.
    public struct Rung: Hashable, Sendable {
        public var epochs: Int
        public var outcomes: [RungOutcome]

        /// How many rows were compared there.
        public var rows: Int { outcomes.count }
        /// The names of those that were stopped.
        public var stopped: [String] { outcomes.filter { $0.decision == .stopped }.map(\.row) }
    }

    /// What the rows were compared by: the experiment's metric on validation.
    public var metric: SummaryMetric
    public var rungs: [Rung]

    /// The epoch after which a row was stopped; nil for one that went on.
    public func stop(of row: String) -> Int? {
        rungs.first { $0.stopped.contains(row) }?.epochs
    }

    /// Nil for an experiment that was not halved.
    init?(_ experiment: Int64, _ metric: SummaryMetric, _ database: Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT b.rung, b.epochs, r.name, o.place, o.value, o.outcome
                FROM bracket b
                JOIN bracket_row o ON o.experiment = b.experiment AND o.rung = b.rung
                JOIN experiment_row r ON r.id = o.row
                WHERE b.experiment = ? ORDER BY b.rung, r.position
                """, arguments: [experiment])
        guard !rows.isEmpty else { return nil }
        self.metric = SummaryMetric(name: metric.name, split: Split.validation.rawValue)
        rungs = []
        for row in rows {
            let epochs: Int = try row.value("epochs")
            if rungs.last?.epochs != epochs { rungs.append(Rung(epochs: epochs, outcomes: [])) }
            rungs[rungs.count - 1].outcomes.append(
                try RungOutcome(
                    row: row.value("name"), place: row.value("place"), value: row.value("value"),
                    decision: row.word("outcome")))
        }
    }
}
