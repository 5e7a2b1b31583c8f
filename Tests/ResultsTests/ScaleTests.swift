import Experiments
import Foundation
import GRDB
import Testing

import Results

/// A large database: what is asked of it must use its indexes.
@Suite struct ScaleTests {
    /// 1,000 trials of 10 epochs by default; ABLATE_SCALE=10 in the environment makes it 10,000 of 100.
    @Test func summaryOfALargeExperiment() throws {
        let scale = ProcessInfo.processInfo.environment["ABLATE_SCALE"].flatMap(Int.init) ?? 1
        let (rows, seeds, epochs) = (100, 10 * scale, 10 * scale)
        let store = try Store.open(path: Samples.path())
        let names = (0..<rows).map { ("row-\($0)", "M\($0 + 1)") }
        let experiment = Samples.experiment(name: "large", rows: names, seeds: Array(0..<seeds), claims: [])
        try store.register(experiment: experiment, trials: Samples.entries(experiment))
        try store.close()
        try fill(store.path, epochs)
        let reader = try Store.openReadOnly(path: store.path)
        let clock = ContinuousClock()
        var summary: Summary?
        let time = try clock.measure { summary = try Summary(reader, experiment: "large") }
        #expect(summary?.rows.allSatisfy { $0.count(.done) == seeds && $0.values.count == seeds } == true)
        let view = try clock.measure { _ = try reader.query("SELECT * FROM v_summary") }
        let status = try clock.measure { _ = try reader.status(experiment: "large") }
        let again = try Store.open(path: store.path)
        let register = try clock.measure {
            try again.register(experiment: experiment, trials: Samples.entries(experiment))
        }
        if scale > 1 {
            print(
                "\(rows * seeds) trials × \(epochs): summary \(time), v_summary \(view), status \(status), "
                    + "register \(register)")
        }
        // No table that grows with trials or epochs is read from end to end for one trial.
        for name in ["v_summary", "v_trials", "v_pairs", "v_curves"] {
            let plan = try reader.query("EXPLAIN QUERY PLAN SELECT * FROM \(name) WHERE experiment = 'large'")
            for row in plan.rows {
                guard case .text(let step) = row[3] else { continue }
                let words = step.split(separator: " ")
                let isLarge = words.count > 1 && ScaleTests.aliasesOfLargeTables.contains(String(words[1]))
                #expect(!(words.first == "SCAN" && isLarge), "\(name): \(step)")
            }
        }
        try Samples.remove(store.path)
    }

    /// As the views call trial, attempt, measurement, result, metric and epoch.
    private static let aliasesOfLargeTables: Set = [
        "t", "u", "a", "m", "v", "w", "p", "accuracy", "loss", "validation", "attempt",
    ]

    private func fill(_ path: String, _ epochs: Int) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO attempt (trial, number, state, lease_host, lease_pid, lease_start, lease_boot,
                        claimed_at, wall_seconds)
                    SELECT identity, 1, 'done', 'h', 1, 1, '', '', 10 FROM trial;
                    UPDATE trial SET state = 'done',
                        selected_attempt = (SELECT id FROM attempt WHERE trial = identity);
                    INSERT INTO measurement SELECT id, 1000, 2000, 3000, 4000, 1, 1, 1, 3, 1, 1, 1, 3 FROM attempt;
                    INSERT INTO result SELECT id, 'test', 'accuracy', '', 0.5 + (id * 7919 % 1000) / 2000.0 FROM attempt;
                    INSERT INTO result SELECT id, 'test', 'accuracy', 'pairs=4', 0.5 FROM attempt;
                    WITH RECURSIVE e(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM e WHERE n < \(epochs))
                    INSERT INTO epoch SELECT id, n, 0.001, 1, 1, 1 FROM attempt, e;
                    INSERT INTO metric SELECT attempt, epoch, 'validation', 'accuracy', '', 0.5 FROM epoch;
                    INSERT INTO metric SELECT attempt, epoch, 'train', 'loss', '', 0.5 FROM epoch;
                    """)
        }
        try queue.close()
    }
}
