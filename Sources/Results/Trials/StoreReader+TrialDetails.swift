import GRDB

extension StoreReader {
    /// One trial whole.
    ///
    /// - Parameter identity: the whole identity; ``trialIdentity(matching:)`` finds it.
    public func trialDetails(_ identity: String) throws -> TrialDetails {
        try read { database in
            let trial = try Row.fetchOne(
                database, sql: "SELECT state, layout, seed, selected_attempt FROM trial WHERE identity = ?",
                arguments: [identity])
            guard let trial else {
                throw StoreError(.unknown, "\(path) has no trial \(identity)", remedy: "ablate results lists trials")
            }
            let selected: Int64? = trial["selected_attempt"]
            let attempt = try selected ?? StoreReader.latestAttempt(identity, database)
            let state: String = trial["state"]
            return TrialDetails(
                identity: identity, state: TrialState(rawValue: state) ?? .queued, layout: trial["layout"],
                seed: trial["seed"], places: try StoreReader.places(identity, database),
                settings: try StoreReader.settings(identity, database),
                selectedEpoch: try Int.fetchOne(
                    database, sql: "SELECT selected_epoch FROM attempt WHERE id = ?", arguments: [selected]),
                results: try StoreReader.numbers(selected, database), size: try StoreReader.size(attempt, database),
                curves: try StoreReader.curves(attempt, database),
                attempts: try StoreReader.attempts(identity, selected, database))
        }
    }

    private static func latestAttempt(_ identity: String, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database, sql: "SELECT id FROM attempt WHERE trial = ? ORDER BY number DESC LIMIT 1", arguments: [identity])
    }

    private static func places(_ identity: String, _ database: Database) throws -> [TrialDetails.Place] {
        try Row.fetchAll(
            database, sql: "SELECT experiment, \"row\" FROM v_trials WHERE identity = ? ORDER BY experiment, position",
            arguments: [identity]
        ).map { TrialDetails.Place(experiment: $0["experiment"], row: $0["row"]) }
    }

    private static func settings(_ identity: String, _ database: Database) throws -> [TrialDetails.Setting] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT j.key,
                    CASE j.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(j.value AS TEXT) END AS value
                FROM trial t, json_each(t.specification) j WHERE t.identity = ? ORDER BY j.id
                """, arguments: [identity]
        ).map { TrialDetails.Setting(path: $0["key"], value: $0["value"] ?? "none") }
    }

    private static func numbers(_ attempt: Int64?, _ database: Database) throws -> [TrialDetails.Number] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT split, name, part, value FROM result WHERE attempt = ?
                ORDER BY split <> 'test', split <> 'validation', name, length(part), part
                """, arguments: [attempt]
        ).map { TrialDetails.Number(split: $0["split"], name: $0["name"], part: $0["part"], value: $0["value"]) }
    }

    private static func size(_ attempt: Int64?, _ database: Database) throws -> NetworkSize? {
        try Row.fetchOne(database, sql: "SELECT * FROM measurement WHERE attempt = ?", arguments: [attempt]).map {
            NetworkSize(
                parameters: $0["parameters"], multiplyAccumulates: $0["multiply_accumulates"],
                activationBytes: $0["activation_bytes"], peakResidentBytes: $0["peak_resident_bytes"],
                trainingThroughput: $0["training_median"], inferenceThroughput: $0["inference_median"])
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
            let curve = TrialDetails.Curve(
                split: row["split"], name: row["name"], part: row["part"], firstEpoch: row["epoch"],
                values: [row["value"]])
            if let last = curves.last, (last.split, last.name, last.part) == (curve.split, curve.name, curve.part) {
                curves[curves.count - 1].values += curve.values
            } else {
                curves.append(curve)
            }
        }
        return curves
    }

    private static func attempts(
        _ identity: String, _ selected: Int64?, _ database: Database
    ) throws -> [TrialDetails.Attempt] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT a.*, (SELECT max(epoch) FROM epoch WHERE attempt = a.id) AS epochs
                FROM attempt a WHERE a.trial = ? ORDER BY a.number
                """, arguments: [identity]
        ).map { row in
            TrialDetails.Attempt(
                number: row["number"], state: row["state"], reason: row["reason"], message: row["message"],
                startedAt: row["started_at"], endedAt: row["ended_at"], resumedAfterEpoch: row["resumed_after_epoch"],
                epochs: row["epochs"] ?? 0, wallSeconds: row["wall_seconds"], isSelected: row["id"] == selected,
                provenance: provenance(row))
        }
    }

    private static func provenance(_ row: Row) -> [TrialDetails.Setting] {
        let columns = [
            "host", "processor", "threads", "operating_system", "code_version", "compiler", "blas", "data_digest",
            "weights_digest",
        ]
        return columns.compactMap { column in
            let text: String? =
                switch (row[column] as DatabaseValue).storage {
                case .null, .blob: nil
                case .int64(let integer): String(integer)
                case .double(let number): "\(number)"
                case .string(let text): text
                }
            return text.map { TrialDetails.Setting(path: column, value: $0) }
        }
    }
}
