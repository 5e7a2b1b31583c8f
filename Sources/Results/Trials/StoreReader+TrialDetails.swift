import GRDB

extension StoreReader {
    /// One trial whole.
    ///
    /// - Parameter identity: the whole identity; ``trial(matching:)`` finds it.
    public func trialDetails(_ identity: String) throws -> TrialDetails {
        try read { database in
            let trial = try Row.fetchOne(
                database,
                sql: """
                    SELECT t.state, t.layout, t.seed, t.selected_attempt, a.selected_epoch
                    FROM trial t LEFT JOIN attempt a ON a.id = t.selected_attempt WHERE t.identity = ?
                    """, arguments: [identity])
            guard let trial else {
                throw StoreError(.unknown, "\(path) has no trial \(identity)", remedy: "ablate results lists trials")
            }
            let selected: Int64? = try trial.value("selected_attempt")
            let attempt = try selected ?? StoreReader.latestAttempt(identity, database)
            let dead = try HeldAttempt.dead(database).filter { $0.trial == identity }
            let state: TrialState = try trial.word("state")
            return try TrialDetails(
                identity: identity, state: state == .running && !dead.isEmpty ? .lost : state,
                layout: trial.value("layout"),
                seed: trial.value("seed"), places: StoreReader.places(identity, database),
                settings: StoreReader.settings(identity, database),
                selectedEpoch: trial.value("selected_epoch"),
                results: StoreReader.numbers(selected, database), size: StoreReader.size(attempt, database),
                curves: StoreReader.curves(attempt, database),
                attempts: StoreReader.attempts(identity, selected, dead, database))
        }
    }

    private static func latestAttempt(_ identity: String, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database,
            sql: "SELECT id FROM attempt WHERE trial = ? AND removed_at IS NULL ORDER BY number DESC LIMIT 1",
            arguments: [identity])
    }

    private static func places(_ identity: String, _ database: Database) throws -> [TrialDetails.Place] {
        try Row.fetchAll(
            database, sql: "SELECT experiment, \"row\" FROM v_trials WHERE identity = ? ORDER BY experiment, position",
            arguments: [identity]
        ).map { try TrialDetails.Place(experiment: $0.value("experiment"), row: $0.value("row")) }
    }

    private static func settings(_ identity: String, _ database: Database) throws -> [TrialDetails.Setting] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT j.key,
                    CASE j.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(j.value AS TEXT) END AS value
                FROM trial t, json_each(t.specification) j WHERE t.identity = ? ORDER BY j.id
                """, arguments: [identity]
        ).map { try TrialDetails.Setting(path: $0.value("key"), value: $0.value("value") ?? "none") }
    }

    private static func numbers(_ attempt: Int64?, _ database: Database) throws -> [TrialDetails.Number] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT split, name, part, value FROM result WHERE attempt = ?
                ORDER BY split <> 'test', split <> 'validation', name, length(part), part
                """, arguments: [attempt]
        ).map {
            try TrialDetails.Number(
                split: $0.value("split"), name: $0.value("name"), part: $0.value("part"), value: $0.value("value"))
        }
    }

    private static func size(_ attempt: Int64?, _ database: Database) throws -> NetworkSize? {
        try Row.fetchOne(database, sql: "SELECT * FROM measurement WHERE attempt = ?", arguments: [attempt]).map {
            try NetworkSize(
                parameters: $0.value("parameters"), multiplyAccumulates: $0.value("multiply_accumulates"),
                activationBytes: $0.value("activation_bytes"), peakResidentBytes: $0.value("peak_resident_bytes"),
                trainingThroughput: $0.value("training_median"), inferenceThroughput: $0.value("inference_median"))
        }
    }

    private static func curves(_ attempt: Int64?, _ database: Database) throws -> [TrialDetails.Curve] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT split, name, part, epoch, value FROM metric WHERE attempt = ?
                ORDER BY split <> 'train', split <> 'validation', name, length(part), part, epoch
                """, arguments: [attempt])
        var curves: [TrialDetails.Curve] = []
        while let row = try rows.next() {
            let curve = try TrialDetails.Curve(
                split: row.value("split"), name: row.value("name"), part: row.value("part"),
                firstEpoch: row.value("epoch"), values: [row.value("value")])
            if let last = curves.last, (last.split, last.name, last.part) == (curve.split, curve.name, curve.part) {
                curves[curves.count - 1].values += curve.values
            } else {
                curves.append(curve)
            }
        }
        return curves
    }

    private static func attempts(
        _ identity: String, _ selected: Int64?, _ dead: [HeldAttempt], _ database: Database
    ) throws -> [TrialDetails.Attempt] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT a.*, (SELECT max(epoch) FROM epoch WHERE attempt = a.id) AS epochs
                FROM attempt a WHERE a.trial = ? ORDER BY a.number
                """, arguments: [identity]
        ).map { row in
            let number: Int64 = try row.value("id")
            let lost = dead.first { $0.attempt == number }
            return try TrialDetails.Attempt(
                number: row.value("number"), state: lost.map { _ in TrialState.lost.rawValue } ?? row.value("state"),
                reason: lost.map { _ in "lost" } ?? row.value("reason"),
                message: lost?.lease.endWithoutAWord ?? row.value("message"), startedAt: row.value("started_at"),
                endedAt: row.value("ended_at"),
                resumedAfterEpoch: row.value("resumed_after_epoch"), epochs: row.value("epochs") ?? 0,
                wallSeconds: row.seconds("wall_seconds"), isSelected: number == selected,
                provenance: provenance(row))
        }
    }

    private static func provenance(_ row: Row) throws -> [TrialDetails.Setting] {
        let columns = [
            "host", "processor", "threads", "operating_system", "code_version", "compiler", "blas", "recomputed",
            "data_digest",
            "weights_digest",
        ]
        return try columns.compactMap { column in
            let text: String? =
                switch try (row.value(column) as DatabaseValue).storage {
                case .null, .blob: nil
                case .int64(let flag) where column == "recomputed": flag == 0 ? nil : "yes"
                case .int64(let integer): String(integer)
                case .double(let number): "\(number)"
                case .string(let text): text
                }
            return text.map { TrialDetails.Setting(path: column, value: $0) }
        }
    }
}
