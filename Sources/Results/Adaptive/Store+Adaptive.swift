import Foundation
import GRDB

extension StoreReader {
    /// The plan of looks that an experiment was begun with; nil for a fixed number of seeds.
    public func sequentialPlan(experiment name: String) throws -> SequentialPlan? {
        try read { database in
            guard try StoreReader.experimentNames(database).contains(name) else { return nil }
            return try StoreReader.sequentialPlan(experiment(name, database), database)
        }
    }

    static func sequentialPlan(_ experiment: Int64, _ database: Database) throws -> SequentialPlan? {
        try Row.fetchOne(
            database, sql: "SELECT most_pairs, power FROM adaptive_plan WHERE experiment = ?", arguments: [experiment]
        ).map { row in
            let (most, power): (Int, Double) = try (row.value("most_pairs"), row.value("power"))
            guard SequentialPlan.possibleMost.contains(most) else {
                throw DamagedValue("most_pairs", most.databaseValue)
            }
            guard power > 0, power.isFinite else { throw DamagedValue("power", power.databaseValue) }
            return SequentialPlan(most: most, power: power)
        }
    }

    /// The seeds that rows got beyond the file's, in ascending order; none for an unknown experiment.
    public func addedSeeds(experiment name: String) throws -> [String: [Int]] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT r.name, s.seed FROM added_seed s
                    JOIN experiment_row r ON r.id = s.row
                    JOIN experiment e ON e.id = r.experiment
                    WHERE e.name = ? ORDER BY s.seed
                    """, arguments: [name])
            return try rows.reduce(into: [:]) { try $0[$1.value("name"), default: []].append($1.value("seed")) }
        }
    }
}

extension Store {
    /// Fixes how an experiment is looked at. Where a plan is there already, it stays: looks may have been made by it.
    ///
    /// - Returns: the plan that holds.
    public func begin(_ plan: SequentialPlan, experiment name: String) throws -> SequentialPlan {
        try transaction { database in
            let experiment = try reader.experiment(name, database)
            try database.execute(
                sql:
                    "INSERT OR IGNORE INTO adaptive_plan (experiment, most_pairs, power, created_at) VALUES (?, ?, ?, ?)",
                arguments: [experiment, plan.most, plan.power, Date()])
            return try StoreReader.sequentialPlan(experiment, database) ?? plan
        }
    }

    /// Notes that rows get further seeds, before their trials are registered.
    public func add(_ seeds: [AddedSeed], experiment name: String) throws {
        try transaction { database in
            let experiment = try reader.experiment(name, database)
            for added in seeds {
                try database.execute(
                    sql: """
                        INSERT OR IGNORE INTO added_seed (row, seed, created_at)
                        SELECT id, ?, ? FROM experiment_row WHERE experiment = ? AND name = ?
                        """, arguments: [added.seed, Date(), experiment, added.row])
            }
        }
    }

    /// Writes down what is seen of each claim now; a look that is there already stays as it was.
    public func noteLooks(_ summary: Summary) throws {
        try transaction { database in
            let experiment = try reader.experiment(summary.name, database)
            for claim in summary.claims {
                guard let comparison = claim.comparison, let mean = comparison.differences.mean,
                    let p = comparison.pValue, let adjusted = comparison.adjustedPValue
                else { continue }
                try database.execute(
                    sql: """
                        INSERT OR IGNORE INTO look
                            (experiment, better, worse, pairs, mean, p, p_holm, verdict, created_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        experiment, claim.better, claim.worse, comparison.differences.count, mean, p, adjusted,
                        claim.verdict.rawValue, Date(),
                    ])
            }
        }
    }
}
