import GRDB

extension Report {
    /// Reads curves, trials and provenance in one state of the database.
    mutating func read(_ reader: StoreReader) throws {
        self = try reader.read { database in
            var report = self
            let experiment = try reader.experiment(summary.name, database)
            let head = try Row.fetchOne(
                database, sql: "SELECT source, notes FROM experiment WHERE id = ?", arguments: [experiment])
            report.source = try head.flatMap { try $0.value("source") } ?? ""
            report.notes = try head.flatMap { try $0.value("notes") }
            report.trials = try Report.trials(summary, database)
            report.curves = try Report.curves(summary, database)
            report.provenance = try ReportProvenance(experiment, database)
            return report
        }
    }

    private static func trials(_ summary: Summary, _ database: Database) throws -> [ReportedTrial] {
        let outcomes = summary.rows.flatMap { row in
            row.outcomes.map { ($0.identity, (row: row.name, value: $0.value)) }
        }
        // Where the summary shows one row of several, it goes by another name than the stored one.
        let shown = Dictionary(outcomes, uniquingKeysWith: { first, _ in first })
        let names = Set(summary.rows.map(\.name))
        return try Row.fetchAll(
            database,
            sql: """
                SELECT v."row", v.seed, v.state, v.selected_epoch, v.epochs, v.wall_seconds, v.attempts, v.message,
                    v.identity
                FROM v_trials v
                JOIN experiment e ON e.name = v.experiment
                LEFT JOIN experiment_seed s ON s.experiment = e.id AND s.seed = v.seed
                WHERE v.experiment = ? ORDER BY v.position, s.position, v.seed
                """, arguments: [summary.name]
        ).compactMap { row in
            let identity: String = try row.value("identity")
            let stored: String = try row.value("row")
            guard let name = names.contains(stored) ? stored : shown[identity]?.row else { return nil }
            return try ReportedTrial(
                row: name, seed: row.value("seed"), state: row.word("state"), value: shown[identity]?.value,
                selectedEpoch: row.value("selected_epoch"), epochs: row.value("epochs"),
                wallSeconds: row.seconds("wall_seconds"), attempts: row.value("attempts") ?? 0,
                message: row.value("message"), identity: identity)
        }
    }

    private static func curves(_ summary: Summary, _ database: Database) throws -> [LearningCurves] {
        var seeds: [String: LearningCurves.Seed] = [:]
        let cursor = try Row.fetchCursor(
            database,
            sql: """
                SELECT DISTINCT identity, seed, state, epoch, split, value FROM v_curves
                WHERE experiment = :experiment AND value IS NOT NULL
                    AND (split = 'validation' AND metric = :metric AND part = :part
                        OR split = 'train' AND metric = 'loss' AND part = '')
                ORDER BY epoch
                """,
            arguments: [
                "experiment": summary.name, "metric": summary.metric.name,
                "part": try curvePart(summary, database),
            ])
        while let row = try cursor.next() {
            let (trial, seed): (String, Int) = try (row.value("identity"), row.value("seed"))
            var curve =
                try seeds[trial]
                ?? LearningCurves.Seed(seed: seed, state: row.word("state"), validation: [], trainingLoss: [])
            let value = try LearningCurves.Value(epoch: row.value("epoch"), value: row.value("value"))
            let split: String = try row.value("split")
            if split == "train" { curve.trainingLoss.append(value) } else { curve.validation.append(value) }
            seeds[trial] = curve
        }
        return summary.rows.compactMap { row in
            let order = row.outcomes.compactMap { seeds[$0.identity] }
            return order.isEmpty ? nil : LearningCurves(row: row.name, isReference: row.isReference, seeds: order)
        }
    }

    /// The part of validation to draw: the metric's own where epochs have it, else the whole.
    private static func curvePart(_ summary: Summary, _ database: Database) throws -> String {
        let isThere = try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM v_curves WHERE experiment = ? AND split = 'validation' AND metric = ?
                    AND part = ?)
                """, arguments: [summary.name, summary.metric.name, summary.metric.part])
        return isThere == true ? summary.metric.part : ""
    }
}

extension ReportProvenance {
    init(_ experiment: Int64, _ database: Database) throws {
        self.init()
        /// The different values of one expression over the attempts that count.
        func distinct(_ expression: String) throws -> [String] {
            try String.fetchAll(
                database,
                sql:
                    "SELECT DISTINCT CAST(\(expression) AS TEXT) AS value \(Self.source) AND \(expression) IS NOT NULL ORDER BY 1",
                arguments: [experiment])
        }
        versions = try distinct("a.code_version")
        engines = try distinct("t.engine")
        processors = try distinct("a.processor")
        compilers = try distinct("a.compiler")
        products = try distinct("a.blas")
        systems = try distinct("a.operating_system")
        threads = try distinct("a.threads")
        datasets = try distinct("t.dataset")
        digests = try distinct("coalesce(a.data_digest, t.dataset_digest)")
        let span = try Row.fetchOne(
            database,
            sql: "SELECT count(DISTINCT a.id) AS n, min(a.started_at) AS first, max(a.ended_at) AS last \(Self.source)",
            arguments: [experiment])
        attempts = try span.flatMap { try $0.value("n") } ?? 0
        firstStart = try span.flatMap { try $0.value("first") }
        lastEnd = try span.flatMap { try $0.value("last") }
    }

    private static let source = """
        FROM experiment_row r
        JOIN row_trial rt ON rt.row = r.id
        JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
        LEFT JOIN attempt a ON a.id = coalesce(t.selected_attempt,
            (SELECT id FROM attempt WHERE trial = t.identity AND removed_at IS NULL ORDER BY number DESC LIMIT 1))
        WHERE r.experiment = ? AND r.removed_at IS NULL
        """
}
