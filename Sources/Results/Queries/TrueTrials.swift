import Foundation
import GRDB

/// The view `v_trials` with the truth now: what it calls running and whose process is gone is lost.
enum TrueTrials {
    /// The relation under the view's own name, for a `FROM`; its arguments come before all others.
    static func relation(_ database: Database) throws -> (sql: String, arguments: [any DatabaseValueConvertible]) {
        let dead = try HeldAttempt.dead(database)
        guard !dead.isEmpty else { return ("v_trials", []) }
        let isLost = "(state = 'running' AND identity IN (SELECT key FROM dead))"
        let columns = SchemaReference.views[0].columns.map { column in
            switch column.name {
            case "state", "reason": "CASE WHEN \(isLost) THEN 'lost' ELSE \(column.name) END AS \(column.name)"
            case "message":
                "CASE WHEN \(isLost) THEN (SELECT value FROM dead WHERE key = identity) ELSE message END AS message"
            default: "\"\(column.name)\""
            }
        }
        let words = Dictionary(dead.map { ($0.trial, $0.lease.endWithoutAWord) }, uniquingKeysWith: { $1 })
        let json = String(decoding: try JSONEncoder().encode(words), as: UTF8.self)
        return (
            "(WITH dead AS (SELECT key, value FROM json_each(?)) SELECT \(columns.joined(separator: ", ")) FROM v_trials) "
                + "AS v_trials", [json]
        )
    }
}
