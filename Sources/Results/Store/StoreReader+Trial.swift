import Experiments
import GRDB

/// A trial as the database has it: what it is, where it stands, and who asks for it.
public struct StoredTrial: Hashable, Sendable {
    /// One row and seed of an experiment that the trial serves.
    public struct Use: Hashable, Sendable {
        public var experiment: String
        public var row: String
        public var seed: Int
        /// The text of the experiment's file.
        public var source: String
    }

    public var identity: String
    /// The canonical form that is hashed to the identity.
    public var canonical: String
    public var engine: Int
    public var seed: Int
    public var dataset: String
    public var datasetDigest: String?
    public var epochs: Int
    /// The truth now: `lost` where the database says running and the process is gone.
    public var state: TrialState
    /// When a person removed it, as text in UTC; nil while it counts.
    public var removedAt: String?
    public var uses: [Use]
    /// In the order in which they were begun.
    public var attempts: [StoredAttempt]
    public var selectedAttempt: Int64?

    /// The attempt whose result counts.
    public var selected: StoredAttempt? { attempts.first { $0.id == selectedAttempt } }

    /// What the first experiment that asks for it calls it; the identity's beginning where none does.
    public var label: TrialLabel {
        let rows = uses.filter { $0.experiment == uses.first?.experiment }.map(\.row)
        return TrialLabel(rows: rows.isEmpty ? [String(identity.prefix(10))] : rows, seed: seed)
    }
}

/// One try at a trial.
public struct StoredAttempt: Hashable, Sendable {
    public var id: Int64
    public var number: Int
    public var state: TrialState
    public var reason: String?
    public var message: String?
    public var removedAt: String?
    public var endedAt: String?
    public var codeVersion: String?
    public var processor: String?
    public var weightsDigest: String?
    /// How many parameters were seen to get a gradient in the first step; nil where that was not recorded.
    public var checkedGradients: Int?
}

extension StoreReader {
    /// The trial that a person means by `experiment/row/seed`, or by the first digits of its identity; also a removed one.
    ///
    /// - Throws: ``StoreError`` where none or more than one is meant.
    public func trial(matching text: String) throws -> StoredTrial {
        let place = try trialIdentity(place: text)
        return try read { database in
            // Copied from CSV, the digits may carry the line's end.
            let digits = (place ?? text).lowercased().filter { !$0.isWhitespace }
            guard digits.count >= 4, digits.allSatisfy({ $0.isHexDigit && $0.isASCII }) else {
                throw StoreError(
                    .unknown, "\"\(text)\" names no trial",
                    remedy: "Write EXPERIMENT/ROW/SEED, or at least the first 4 hexadecimal digits of its identity: "
                        + "`ablate results NAME --columns row,seed,identity` lists them")
            }
            let found = try String.fetchAll(
                database, sql: "SELECT identity FROM trial WHERE identity >= ? AND identity < ? LIMIT 5",
                arguments: [digits, digits + "g"])
            guard found.count < 2 else {
                throw StoreError(
                    .unknown,
                    "several trials begin with \(digits): "
                        + found.map { String($0.prefix(12)) }.joined(separator: ", "),
                    remedy: "Give more digits")
            }
            guard let identity = found.first, let trial = try StoreReader.trial(identity, database) else {
                throw StoreError(
                    .unknown, "\(path) has no trial \(digits)",
                    remedy: "ablate results NAME --columns row,seed,identity lists them")
            }
            return trial
        }
    }

    /// The trial with this identity, also a removed one; nil where there is none.
    public func trial(identity: String) throws -> StoredTrial? {
        try read { try StoreReader.trial(identity, $0) }
    }

    /// The identities of an experiment's trials, row by row, with those that were removed or without.
    ///
    /// - Throws: ``StoreError`` for an unknown experiment, and for a row or seed that it does not have.
    public func identities(
        experiment: String, row: String? = nil, seed: Int? = nil, includesRemoved: Bool = false
    ) throws -> [String] {
        try read { database in
            let identities = try String.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT t.identity
                    FROM experiment_row r JOIN row_trial rt ON rt.row = r.id JOIN trial t ON t.identity = rt.trial
                    WHERE r.experiment = :experiment AND (:row IS NULL OR r.name = :row)
                        AND (:seed IS NULL OR rt.seed = :seed)
                        AND (:all OR (r.removed_at IS NULL AND t.removed_at IS NULL))
                    ORDER BY r.position, rt.seed
                    """,
                arguments: [
                    "experiment": try self.experiment(experiment, database), "row": row, "seed": seed,
                    "all": includesRemoved,
                ])
            guard identities.isEmpty, row != nil || seed != nil else { return identities }
            let place = [row.map { "row \"\($0)\"" }, seed.map { "seed \($0)" }].compactMap { $0 }
            throw StoreError(
                .unknown, "the experiment \(experiment) has no trial of \(place.joined(separator: " and "))",
                remedy: "ablate status \(experiment) lists them")
        }
    }

    static func trial(_ identity: String, _ database: Database) throws -> StoredTrial? {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM trial WHERE identity = ?", arguments: [identity])
        guard let row else { return nil }
        var state: TrialState = try row.word("state")
        if state == .running {
            let here = Lease.current()
            let holder = try HeldAttempt.all(database).first { $0.trial == identity }
            if holder?.lease.isDead(seenFrom: here) ?? true { state = .lost }
        }
        return try StoredTrial(
            identity: identity, canonical: row.value("specification"), engine: row.value("engine"),
            seed: row.value("seed"), dataset: row.value("dataset"), datasetDigest: row.value("dataset_digest"),
            epochs: row.value("epochs"),
            state: state, removedAt: row.value("removed_at"), uses: uses(of: identity, database),
            attempts: attempts(of: identity, database), selectedAttempt: row.value("selected_attempt"))
    }

    private static func uses(of identity: String, _ database: Database) throws -> [StoredTrial.Use] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT e.name AS experiment, e.source, r.name AS "row", rt.seed
                FROM row_trial rt JOIN experiment_row r ON r.id = rt.row JOIN experiment e ON e.id = r.experiment
                WHERE rt.trial = ? ORDER BY e.id, r.position, rt.seed
                """, arguments: [identity]
        ).map { row in
            try StoredTrial.Use(
                experiment: row.value("experiment"), row: row.value("row"), seed: row.value("seed"),
                source: row.value("source"))
        }
    }

    private static func attempts(of identity: String, _ database: Database) throws -> [StoredAttempt] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM attempt WHERE trial = ? ORDER BY number", arguments: [identity]
        ).map { row in
            try StoredAttempt(
                id: row.value("id"), number: row.value("number"), state: row.word("state"),
                reason: row.value("reason"), message: row.value("message"), removedAt: row.value("removed_at"),
                endedAt: row.value("ended_at"), codeVersion: row.value("code_version"),
                processor: row.value("processor"), weightsDigest: row.value("weights_digest"),
                checkedGradients: row.value("checked_gradients"))
        }
    }
}
