import GRDB

/// Experiment files whose trials take a moment each.
enum SmallExperiment {
    /// Two rows, two seeds, a few steps.
    static func text(seeds: Int = 2, epochs: Int = 2, examples: Int = 64, learningRate: String = "2e-3") -> String {
        """
        name: small
        question: Does the program do what it says?
        reference: last
        dataset:
          {name: recall-grid, train: \(examples), validation: 16, test: 16, pairs: [2], test-pairs: [2], size: 32}
        backbone: {width: 16, stem: {channels: 8, strides: [2, 2]}, head-width: 8}
        layouts:
          last: M A
          first: A M
        train: {epochs: \(epochs), batch: 16, lr: \(learningRate), warmup-epochs: 1}
        seeds: \(seeds)
        claims: [last > first]

        """
    }
}

extension Sandbox {
    /// What identifies the outcome of every trial, bit for bit: row, seed, digest of the weights, metrics.
    func outcomes(_ database: String = "results/ablate.sqlite") throws -> [String] {
        let query = """
            SELECT v."row", v.seed, v.weights_digest, r.split, r.name, r.part, r.value
            FROM v_trials v JOIN trial t ON t.identity = v.identity JOIN result r ON r.attempt = t.selected_attempt
            WHERE v.state = 'done' ORDER BY v."row", v.seed, r.split, r.name, r.part
            """
        return try ablate("sql", query, "--database", database, "--format", "csv").lines
    }

    /// Changes the database behind the program's back.
    func change(_ sql: String, _ database: String = "results/ablate.sqlite") throws {
        let queue = try DatabaseQueue(path: folder.appendingPathComponent(database).path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    func count(_ query: String, _ database: String = "results/ablate.sqlite") throws -> Int? {
        let ending = try ablate("sql", query, "--database", database, "--format", "csv")
        return ending.lines.last.flatMap { Int($0) }
    }
}
