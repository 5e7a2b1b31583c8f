import Experiments
import GRDB

extension StoreReader {
    /// The identity of the trial that `experiment/row/seed` means; nil for a text that is not of this form.
    ///
    /// - Throws: ``StoreError`` for an unknown experiment, and for a row or seed that it does not have.
    func trialIdentity(place text: String) throws -> String? {
        // A row's name may hold slashes, an experiment's may not.
        let parts = text.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let end = parts[1].lastIndex(of: "/") else { return nil }
        guard let seed = Int(parts[1][end...].dropFirst().filter { !$0.isWhitespace }) else { return nil }
        return try trialIdentity(experiment: String(parts[0]), row: String(parts[1][..<end]), seed: seed)
    }

    private func trialIdentity(experiment name: String, row: String, seed: Int) throws -> String {
        try read { database in
            let experiment = try experiment(name, database)
            let rows = try String.fetchAll(
                database,
                sql: "SELECT name FROM experiment_row WHERE experiment = ? AND removed_at IS NULL ORDER BY position",
                arguments: [experiment])
            guard rows.contains(row) else {
                if let trial = try selectedTrial(experiment, row, seed, database) { return trial }
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
            guard let trial = try trials.first(where: { try $0.value("seed") == seed }) else {
                let seeds = try trials.map { String(try $0.value("seed") as Int) }.joined(separator: ", ")
                throw StoreError(
                    .unknown, "row \(row) of experiment \(name) has no seed \(seed)", remedy: "Its seeds: \(seeds)")
            }
            return try trial.value("trial")
        }
    }

    /// Where the experiment selects among an axis's values, a row's name without them means the value that was chosen.
    private func selectedTrial(_ experiment: Int64, _ row: String, _ seed: Int, _ database: Database) throws -> String?
    {
        try SummaryFacts(experiment: experiment, metric: nil, database).selected().rows.first { $0.name == row }?
            .trials.first { $0.outcome.seed == seed }?.outcome.identity
    }
}
