import Experiments
import GRDB

/// A stored trial that is like another one, and in what it is not.
public struct NearTrial: Hashable, Sendable {
    public var identity: String
    public var state: TrialState
    /// `last, seed 3`.
    public var label: String
    /// The fields that differ, sorted by name.
    public var differences: [TrialSpecification.Difference]
}

/// Stored trials, to be searched for the one that is most like another.
public struct NearTrials: Sendable {
    /// More are not looked at: the latest ones tell most about why a trial is not reused.
    public static let most = 5_000

    private struct Candidate: Sendable {
        let identity: String
        let state: TrialState
        let label: String
        let fields: [String: String]
    }

    private let candidates: [Candidate]

    init(_ database: Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT t.identity, t.specification, t.state, t.seed, min(r.name) AS name
                FROM trial t LEFT JOIN row_trial rt ON rt.trial = t.identity LEFT JOIN experiment_row r ON r.id = rt.row
                WHERE t.removed_at IS NULL AND t.state <> 'queued'
                GROUP BY t.identity ORDER BY t.rowid DESC LIMIT ?
                """, arguments: [NearTrials.most])
        candidates = try rows.compactMap { row in
            let (text, name): (String, String?) = try (row.value("specification"), row.value("name"))
            let state: TrialState = try row.word("state")
            let (identity, seed): (String, Int) = try (row.value("identity"), row.value("seed"))
            return TrialSpecification.fieldTexts(ofCanonical: text).map { fields in
                Candidate(
                    identity: identity, state: state,
                    label: "\(TrialLabel(rows: [name ?? String(identity.prefix(10))], seed: seed))", fields: fields)
            }
        }
    }

    /// The trial with the fewest fields that differ, finished ones first; nil where there is no other.
    public func nearest(toCanonical text: String, identity: String) -> NearTrial? {
        guard let mine = TrialSpecification.fieldTexts(ofCanonical: text) else { return nil }
        let others = candidates.filter { $0.identity != identity }
        let counted = others.map { (candidate: $0, count: NearTrials.count(mine, $0.fields)) }
        let best = counted.min { left, right in
            (left.count, left.candidate.state == .done ? 0 : 1) < (right.count, right.candidate.state == .done ? 0 : 1)
        }
        return best.map { best in
            NearTrial(
                identity: best.candidate.identity, state: best.candidate.state, label: best.candidate.label,
                differences: TrialSpecification.differences(mine, best.candidate.fields))
        }
    }

    private static func count(_ mine: [String: String], _ theirs: [String: String]) -> Int {
        let shared = mine.reduce(0) { $0 + (theirs[$1.key] == nil ? 0 : 1) }
        let equal = mine.reduce(0) { $0 + (theirs[$1.key] == $1.value ? 1 : 0) }
        return mine.count + theirs.count - shared - equal
    }
}

extension StoreReader {
    /// The trials that have been begun, to be searched for the one nearest to another.
    public func nearTrials() throws -> NearTrials {
        try read { try NearTrials($0) }
    }
}
