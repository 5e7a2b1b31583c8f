import Experiments
import GRDB

extension StoreReader {
    /// The identity of the one trial that a person means: by the beginning of its identity, or by
    /// `experiment/row/seed`.
    ///
    /// - Throws: ``StoreError`` of kind `unknown` where no trial or more than one is meant.
    public func trialIdentity(matching text: String) throws -> String {
        let parts = text.split(separator: "/", maxSplits: 1)
        if parts.count == 2, let end = parts[1].lastIndex(of: "/"), let seed = Int(parts[1][end...].dropFirst()) {
            return try trialIdentity(experiment: String(parts[0]), row: String(parts[1][..<end]), seed: seed)
        }
        return try read { database in
            let found = try String.fetchAll(
                database,
                sql: "SELECT identity FROM trial WHERE substr(identity, 1, ?) = ? ORDER BY identity = ? DESC LIMIT 3",
                arguments: [text.unicodeScalars.count, text.lowercased(), text.lowercased()])
            if let first = found.first, found.count == 1 || first == text.lowercased() { return first }
            throw StoreError(
                .unknown,
                found.isEmpty
                    ? "\(path) has no trial \"\(text)\"" : "more than one trial's identity begins with \"\(text)\"",
                remedy: "Write EXPERIMENT/ROW/SEED, or the beginning of an identity: "
                    + "`ablate results --columns experiment,row,seed,identity` lists them")
        }
    }

    private func trialIdentity(experiment name: String, row: String, seed: Int) throws -> String {
        try read { database in
            let experiment = try experiment(name, database)
            let rows = try String.fetchAll(
                database,
                sql: "SELECT name FROM experiment_row WHERE experiment = ? AND removed_at IS NULL ORDER BY position",
                arguments: [experiment])
            guard rows.contains(row) else {
                let nearest = nearestWord(to: row, in: rows).map { "Did you mean \($0)? " } ?? ""
                throw StoreError(
                    .unknown, "experiment \(name) has no row called \"\(row)\"",
                    remedy: nearest + "Its rows: \(rows.joined(separator: ", "))")
            }
            let trials = try Row.fetchAll(
                database,
                sql: """
                    SELECT rt.seed, rt.trial FROM row_trial rt JOIN experiment_row r ON r.id = rt.row
                    WHERE r.experiment = ? AND r.name = ? AND r.removed_at IS NULL ORDER BY rt.seed
                    """, arguments: [experiment, row])
            guard let trial = trials.first(where: { $0["seed"] == seed }) else {
                let seeds = trials.map { String($0["seed"] as Int) }.joined(separator: ", ")
                throw StoreError(
                    .unknown, "row \(row) of experiment \(name) has no seed \(seed)", remedy: "Its seeds: \(seeds)")
            }
            return trial["trial"]
        }
    }
}
