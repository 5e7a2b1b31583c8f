import Foundation
import GRDB

extension StoreReader {
    /// A metric on the whole validation split after an epoch, by row and seed, of rows that have it.
    static func validation(
        _ metric: String, afterEpoch epoch: Int, _ experiment: Int64, _ database: Database
    ) throws -> [String: [Int: Double]] {
        let cursor = try Row.fetchCursor(
            database,
            sql: """
                SELECT r.name, rt.seed, m.value
                FROM experiment_row r
                JOIN row_trial rt ON rt.row = r.id
                JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
                JOIN attempt a ON a.trial = t.identity AND a.removed_at IS NULL
                JOIN metric m ON m.attempt = a.id AND m.epoch = ? AND m.split = 'validation' AND m.name = ?
                    AND m.part = ''
                WHERE r.experiment = ? AND r.removed_at IS NULL AND m.value IS NOT NULL
                ORDER BY a.id
                """, arguments: [epoch, metric, experiment])
        var values: [String: [Int: Double]] = [:]
        while let row = try cursor.next() {
            try values[row.value(at: 0), default: [:]][row.value(at: 1)] = row.value(at: 2)
        }
        return values
    }

    /// What has been decided at a rung, and by which plan; nil before.
    fileprivate func rung(_ rung: Int, _ experiment: Int64, _ database: Database) throws -> DecidedRung? {
        let plan = try Row.fetchOne(
            database, sql: "SELECT epochs, keep FROM bracket WHERE experiment = ? AND rung = ?",
            arguments: [experiment, rung])
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT r.name, b.place, b.value, b.outcome FROM bracket_row b JOIN experiment_row r ON r.id = b.row
                WHERE b.experiment = ? AND b.rung = ? ORDER BY r.position
                """, arguments: [experiment, rung])
        guard let plan, !rows.isEmpty else { return nil }
        return try DecidedRung(
            epochs: plan.value("epochs"), keep: plan.value("keep"),
            outcomes: rows.map { row in
                try RungOutcome(
                    row: row.value("name"), place: row.value("place"), value: row.value("value"),
                    decision: row.word("outcome"))
            }, hasLaterTrials: hasLaterTrials(rung, experiment, database))
    }

    /// Attempts that were removed count: they show that the trial was there.
    private func hasLaterTrials(_ rung: Int, _ experiment: Int64, _ database: Database) throws -> Bool {
        let count = try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM (
                    SELECT b.created_at AS decided, min(a.claimed_at) AS begun
                    FROM bracket_row b
                    JOIN row_trial rt ON rt.row = b.row
                    JOIN experiment_seed s ON s.experiment = b.experiment AND s.seed = rt.seed
                    JOIN attempt a ON a.trial = rt.trial
                    WHERE b.experiment = ? AND b.rung = ? AND b.value IS NOT NULL
                    GROUP BY b.row, rt.seed)
                WHERE begun > decided
                """, arguments: [experiment, rung])
        return (count ?? 0) > 0
    }
}

extension Store {
    /// Decides which rows go on from a rung, by validation alone, and writes it down; where that was decided before, it stays.
    ///
    /// - Throws: ``StoreError`` of kind `decided` where it was decided about other rows, other results or by another plan.
    /// - Parameters:
    ///   - rung: from 0.
    ///   - rows: the rows that have been trained up to here, in the table's order.
    ///   - seeds: a row's value is its mean over these; without one of them it has none.
    /// - Returns: what became of each row.
    public func decide(
        rung: Int, of plan: HalvingPlan, rows: [String], seeds: [Int], always: Set<String>, experiment name: String
    ) throws -> [RungOutcome] {
        try transaction { database in
            let experiment = try reader.experiment(name, database)
            let metric = try String.fetchOne(
                database, sql: "SELECT metric FROM experiment WHERE id = ?", arguments: [experiment])
            let named = SummaryMetric(name: metric ?? "accuracy")
            let values = try StoreReader.validation(named.name, afterEpoch: plan.epochs[rung], experiment, database)
            let means = rows.map { row in
                let own = seeds.compactMap { values[row]?[$0] }
                return (name: row, value: own.count == seeds.count ? Moments.mean(own) : nil)
            }
            if let known = try reader.rung(rung, experiment, database) {
                guard known.isAbout(means, rung: rung, of: plan) else {
                    throw StoreError(
                        .decided,
                        "\(name) was halved before with other rows, settings or a different --keep, and that decided which rows "
                            + "go on after epoch \(known.epochs)",
                        remedy: "Give the experiment a new name to halve it anew, or run it without --halving")
                }
                return known.outcomes
            }
            let outcomes = RungOutcome.decide(means, always: always, plan: plan, higherIsBetter: named.higherIsBetter)
            try write(outcomes, rung: rung, of: plan, experiment, database)
            return outcomes
        }
    }

    private func write(
        _ outcomes: [RungOutcome], rung: Int, of plan: HalvingPlan, _ experiment: Int64, _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO bracket (experiment, rung, epochs, keep) VALUES (?, ?, ?, ?)",
            arguments: [experiment, rung, plan.epochs[rung], plan.keep])
        for outcome in outcomes {
            try database.execute(
                sql: """
                    INSERT INTO bracket_row (experiment, rung, row, place, value, outcome, created_at)
                    SELECT ?, ?, id, ?, ?, ?, ? FROM experiment_row WHERE experiment = ? AND name = ?
                    """,
                arguments: [
                    experiment, rung, outcome.place, outcome.value, outcome.decision.rawValue, Date(), experiment,
                    outcome.row,
                ])
        }
    }
}
