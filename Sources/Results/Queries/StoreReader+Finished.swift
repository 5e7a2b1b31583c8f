import GRDB

/// A finished trial as a row of an experiment has it.
public struct FinishedTrial: Hashable, Sendable {
    public var row: String
    public var seed: Int
    public var identity: String
    /// The canonical form that is hashed to the identity.
    public var canonical: String
}

extension StoreReader {
    /// The finished trials of an experiment's rows as it was last registered; none for an unknown experiment.
    ///
    /// - Parameter excluding: identities of no interest.
    public func finishedTrials(experiment name: String, excluding: Set<String>) throws -> [FinishedTrial] {
        try read { database in
            let cursor = try Row.fetchCursor(
                database,
                sql: """
                    SELECT r.name, rt.seed, t.identity, t.specification
                    FROM experiment e JOIN experiment_row r ON r.experiment = e.id AND r.removed_at IS NULL
                    JOIN row_trial rt ON rt.row = r.id
                    JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL AND t.state = 'done'
                    WHERE e.name = ? AND e.removed_at IS NULL ORDER BY r.position, rt.seed
                    """, arguments: [name])
            var trials: [FinishedTrial] = []
            while let row = try cursor.next() {
                let identity: String = try row.value(at: 2)
                if excluding.contains(identity) { continue }
                trials.append(
                    try FinishedTrial(
                        row: row.value(at: 0), seed: row.value(at: 1), identity: identity, canonical: row.value(at: 3)))
            }
            return trials
        }
    }
}
