import Experiments
import Foundation
import GRDB

extension Store {
    /// Writes an experiment as its file now states it, and the trials that it asks for.
    ///
    /// Doing it again changes nothing. Trials that exist keep their state and results, whoever asked for them first.
    /// Rows that the file no longer has are hidden, not deleted, and come back with their results when it has them
    /// again. What a person has removed comes back without results: its trials are queued, to be trained anew.
    /// - Parameter trials: one entry for each row and seed; rows that are the same trial share its identity.
    /// - Returns: how many removed trials were put back into the queue.
    /// - Throws: ``StoreError`` of kind `held` where that would take trials away from a running process.
    @discardableResult
    public func register(
        experiment: Experiment, trials: [TrialEntry], lease: Lease = .current()
    ) throws -> Int {
        let names = Set(experiment.rows.map(\.name))
        precondition(
            trials.allSatisfy { names.contains($0.row) }, "register: every trial names a row of the experiment")
        return try transaction { database in
            if let takings = try StoreReader.takings(of: experiment.name, by: trials, lease, database) {
                throw takings.refusal
            }
            let identifier = try upsert(experiment, database)
            let rows = try upsertRows(of: experiment, identifier, database)
            for row in rows.values {
                try database.execute(sql: "DELETE FROM row_trial WHERE row = ?", arguments: [row])
            }
            try insert(trials, of: rows, database)
            return try beginAnew(identifier, database)
        }
    }

    /// Adds trials to an experiment's rows and leaves everything else of it as it is.
    ///
    /// - Parameter seeds: all seeds in their order; those that the experiment does not have come behind its own.
    public func extend(experiment name: String, seeds: [Int], trials: [TrialEntry]) throws {
        try transaction { database in
            let identifier = try reader.experiment(name, database)
            for seed in seeds {
                try database.execute(
                    sql: """
                        INSERT OR IGNORE INTO experiment_seed (experiment, position, seed)
                        SELECT :experiment, coalesce(max(position), -1) + 1, :seed
                        FROM experiment_seed WHERE experiment = :experiment
                        """, arguments: ["experiment": identifier, "seed": seed])
            }
            let rows = try Row.fetchAll(
                database, sql: "SELECT id, name FROM experiment_row WHERE experiment = ? AND removed_at IS NULL",
                arguments: [identifier]
            ).reduce(into: [String: Int64]()) { try $0[$1.value("name")] = $1.value("id") }
            try insert(trials.filter { rows[$0.row] != nil }, of: rows, database)
            _ = try beginAnew(identifier, database)
        }
    }

    private func upsert(_ experiment: Experiment, _ database: Database) throws -> Int64 {
        let metric = SummaryMetric(parsing: experiment.metric)
        let identifier = try Int64.fetchOne(
            database,
            sql: """
                INSERT INTO experiment (name, question, reference, metric, metric_part, source, published_source, notes, created_at,
                    updated_at, selected_axes)
                VALUES (:name, :question, :reference, :metric, :part, :source, :published, :notes, :now, :now, :selected)
                ON CONFLICT (name) DO UPDATE SET question = excluded.question, reference = excluded.reference,
                    metric = excluded.metric, metric_part = excluded.metric_part, source = excluded.source,
                    published_source = excluded.published_source, notes = excluded.notes, removed_at = NULL,
                    selected_axes = excluded.selected_axes,
                    updated_at = CASE WHEN source = excluded.source THEN updated_at ELSE excluded.updated_at END
                RETURNING id
                """,
            arguments: [
                "name": experiment.name, "question": experiment.question, "reference": experiment.reference,
                "metric": metric.name, "part": metric.part, "source": experiment.source,
                "published": experiment.published?.source, "notes": experiment.notes, "now": Date(),
                "selected": String(decoding: try JSONEncoder().encode(experiment.selectedAxes), as: UTF8.self),
            ])
        guard let identifier else { preconditionFailure("an upsert returns its row") }
        try database.execute(sql: "DELETE FROM experiment_seed WHERE experiment = ?", arguments: [identifier])
        for (position, seed) in experiment.seeds.enumerated() {
            try database.execute(
                sql: "INSERT OR IGNORE INTO experiment_seed (experiment, position, seed) VALUES (?, ?, ?)",
                arguments: [identifier, position, seed])
        }
        try database.execute(sql: "DELETE FROM claim WHERE experiment = ?", arguments: [identifier])
        for (position, claim) in experiment.claims.enumerated() {
            try database.execute(
                sql: "INSERT INTO claim (experiment, position, better, worse) VALUES (?, ?, ?, ?)",
                arguments: [identifier, position, claim.better, claim.worse])
        }
        return identifier
    }

    private func upsertRows(
        of experiment: Experiment, _ identifier: Int64, _ database: Database
    ) throws -> [String: Int64] {
        try database.execute(
            sql: "UPDATE experiment_row SET removed_at = coalesce(removed_at, ?) WHERE experiment = ?",
            arguments: [Date(), identifier])
        var rows: [String: Int64] = [:]
        for (position, row) in experiment.rows.enumerated() {
            rows[row.name] = try Int64.fetchOne(
                database,
                sql: """
                    INSERT INTO experiment_row (experiment, position, name, layout, axes, published)
                    VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (experiment, name) DO UPDATE SET position = excluded.position,
                        layout = excluded.layout, axes = excluded.axes, published = excluded.published,
                        removed_at = NULL
                    RETURNING id
                    """,
                arguments: [
                    identifier, position, row.name, row.canonicalLayout, try Store.json(row.axes),
                    experiment.published?.values.first { $0.row == row.name }?.number,
                ])
        }
        return rows
    }

    /// `[["train.lr","1e-3"],…]`: a list, because the order of the axes is the file's.
    static func json(_ axes: [Experiment.Axis]) throws -> String {
        String(decoding: try JSONEncoder().encode(axes.map { [$0.name, $0.value] }), as: UTF8.self)
    }

    private func insert(_ entry: TrialEntry, _ database: Database) throws {
        let trial = entry.specification
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO trial (identity, specification, engine, layout, dataset, dataset_digest, train_examples,
                    seed, width, epochs, batch, optimizer, learning_rate, weight_decay, state, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)
                ON CONFLICT (identity) DO NOTHING
                """)
        try statement.execute(
            arguments: [
                entry.identity, entry.canonical, trial.engine, trial.layout, trial.dataset.name, trial.dataset.digest,
                trial.dataset.train, trial.seed, trial.backbone.width, trial.train.epochs, trial.train.batch,
                trial.train.optimizer.rawValue, trial.train.learningRate, trial.train.weightDecay, Date(),
            ])
    }

    /// Makes the trials that are not there, and lets the rows count them.
    private func insert(_ trials: [TrialEntry], of rows: [String: Int64], _ database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO row_trial (row, seed, trial) VALUES (?, ?, ?)")
        for entry in trials {
            try insert(entry, database)
            try statement.execute(arguments: [rows[entry.row], entry.specification.seed, entry.identity])
        }
    }
}
