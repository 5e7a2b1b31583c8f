import Experiments
import Results

/// For each trial of a file, whether a run would reuse a result.
struct ReuseTable {
    let table: Table

    init(_ entries: [TrialPlan.Entry], _ reader: StoreReader) throws {
        let near = try reader.nearTrials()
        var known: [[String]: String] = [:]
        var reused = 0
        let rows = try entries.map { entry in
            let identity = entry.identity.hexadecimal
            let stored = try reader.trial(identity: identity)
            let isReused = stored.map { $0.state == .done && $0.removedAt == nil } ?? false
            reused += isReused ? 1 : 0
            var because = stored.map(ReuseReasons.verdict) ?? "Not stored."
            if stored == nil {
                // Seeds of a row differ from stored trials in the same fields, as a rule: one search a row is enough.
                let text = try known[entry.rows] ?? ReuseTable.difference(entry, near)
                known[entry.rows] = text
                because += " " + text
            }
            return [
                Table.Cell.text("\(entry.label)"), .text(entry.label.row),
                .integer(entry.specification.seed),
                Table.Cell(.flag(isReused)), .text(identity), .text(because),
            ]
        }
        table = Table(
            columns: ReuseTable.columns, rows: rows,
            notes: [
                "\(reused) of \(counted(entries.count, "trial")) would be reused. --row and --seed show one field by field."
            ])
    }

    private static func difference(_ entry: TrialPlan.Entry, _ near: NearTrials) throws -> String {
        let found = near.nearest(
            toCanonical: entry.specification.canonicalJSON, identity: entry.identity.hexadecimal)
        guard let found else { return "No trial has been trained yet." }
        let others = found.differences.filter { $0.field != "seed" }
        guard !others.isEmpty else { return "Only other seeds are, such as \(found.identity.prefix(10))." }
        let words = others.prefix(4).map { difference in
            let (mine, theirs) = (ReuseReasons.shown(difference.mine), ReuseReasons.shown(difference.theirs))
            return "\(difference.field) is \(mine ?? "not set") here, \(theirs ?? "not set") there"
        }
        let more = others.count > 4 ? ", and \(others.count - 4) more" : ""
        return "Nearest is \(found.identity.prefix(10)) (\(found.label)): \(words.joined(separator: ", "))\(more)."
    }

    private static let columns: [Table.Column] = [
        .init("trial"), .init("row", isRaw: true), .init("seed", isRaw: true), .init("reused"),
        .init("identity", isRaw: true),
        .init("because", narrowing: .list),
    ]
}
