import Foundation
import GRDB

/// The rows of the database that a summary is made of.
struct SummaryFacts {
    var question = ""
    var reference = ""
    /// The metric that the file asks for.
    var ownMetric = SummaryMetric(name: "accuracy")
    /// The metric of this summary.
    var metric = SummaryMetric(name: "accuracy")
    var publishedSource: String?
    var plan: SequentialPlan?
    var seeds: [Int] = []
    var bracket: Bracket?
    var landscapes: [Landscape] = []
    var claims: [(better: String, worse: String)] = []
    var rows: [RowFacts] = []
    var removedTrials = 0
    /// Axes of which each row shows its best value on validation.
    var selectedAxes: [String] = []
    /// What was chosen, in words; nil where nothing is.
    var selection: String?

    struct RowFacts {
        var name: String
        var layout: String
        /// What a sweep gave the row: names and values.
        var axes: [[String]]
        var published: Double?
        var trials: [TrialFacts] = []
    }

    struct TrialFacts {
        var outcome: SeedOutcome
        var size: NetworkSize?
        var wallSeconds: Double?
        /// The metric on validation; nil without a result.
        var validation: Double?
    }

    init(experiment: Int64, metric chosen: String?, _ database: Database) throws {
        let head = try Row.fetchOne(
            database,
            sql: """
                SELECT question, reference, metric, metric_part, published_source, selected_axes FROM experiment WHERE id = ?
                """,
            arguments: [experiment])
        guard let head else { return }
        question = try head.value("question")
        reference = try head.value("reference")
        ownMetric = try SummaryMetric(name: head.value("metric"), part: head.value("metric_part"))
        metric = chosen.map(SummaryMetric.init(parsing:)) ?? ownMetric
        publishedSource = try head.value("published_source")
        plan = try StoreReader.sequentialPlan(experiment, database)
        selectedAxes = try head.json("selected_axes")
        seeds = try Row.fetchAll(
            database, sql: "SELECT seed FROM experiment_seed WHERE experiment = ? ORDER BY position",
            arguments: [experiment]
        ).map { try $0.value("seed") }
        claims = try Row.fetchAll(
            database, sql: "SELECT better, worse FROM claim WHERE experiment = ? ORDER BY position",
            arguments: [experiment]
        ).map { try ($0.value("better"), $0.value("worse")) }
        removedTrials =
            try Int.fetchOne(
                database,
                sql: """
                    SELECT count(DISTINCT t.identity)
                    FROM experiment_row r JOIN row_trial rt ON rt.row = r.id JOIN trial t ON t.identity = rt.trial
                    WHERE r.experiment = ? AND r.removed_at IS NULL AND t.removed_at IS NOT NULL
                    """, arguments: [experiment]) ?? 0
        try fetchRows(experiment, database)
        bracket = try Bracket(experiment, ownMetric, database)
        landscapes = landscapes(try SummaryFacts.reached(rows, metric, experiment, database))
    }

    private mutating func fetchRows(_ experiment: Int64, _ database: Database) throws {
        var places: [Int64: Int] = [:]
        let cursor = try Row.fetchCursor(
            database,
            sql: """
                SELECT id, name, layout, axes, published FROM experiment_row
                WHERE experiment = ? AND removed_at IS NULL ORDER BY position
                """, arguments: [experiment])
        while let row = try cursor.next() {
            try places[row.value("id")] = rows.count
            rows.append(
                try RowFacts(
                    name: row.value("name"), layout: row.value("layout"), axes: row.json("axes"),
                    published: row.value("published")))
        }
        let values = try fetchValues(experiment, database)
        try fetchTrials(experiment, places, values, database)
        guard !selectedAxes.isEmpty else { return }
        let validation = try fetchValidation(experiment, database)
        for row in rows.indices {
            for trial in rows[row].trials.indices {
                rows[row].trials[trial].validation = validation[rows[row].trials[trial].outcome.identity]
            }
        }
    }

    /// The metric on validation by trial.
    private func fetchValidation(_ experiment: Int64, _ database: Database) throws -> [String: Double] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT t.identity, v.value
                FROM experiment_row r
                JOIN row_trial rt ON rt.row = r.id
                JOIN trial t ON t.identity = rt.trial
                JOIN result v ON v.attempt = t.selected_attempt AND v.split = 'validation' AND v.name = ? AND v.part = ''
                WHERE r.experiment = ? AND r.removed_at IS NULL AND t.removed_at IS NULL AND t.state = 'done' AND v.value IS NOT NULL
                """, arguments: [metric.name, experiment])
        return Dictionary(
            try rows.map { (try $0.value(at: 0), try $0.value(at: 1)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The metric on its split by trial and part.
    private func fetchValues(_ experiment: Int64, _ database: Database) throws -> [String: [String: Double]] {
        var values: [String: [String: Double]] = [:]
        let cursor = try Row.fetchCursor(
            database,
            sql: """
                SELECT t.identity, v.part, v.value
                FROM experiment_row r
                JOIN row_trial rt ON rt.row = r.id
                JOIN trial t ON t.identity = rt.trial
                JOIN result v ON v.attempt = t.selected_attempt AND v.split = ? AND v.name = ?
                WHERE r.experiment = ? AND r.removed_at IS NULL AND t.removed_at IS NULL AND t.state = 'done'
                    AND v.value IS NOT NULL
                """, arguments: [metric.split, metric.name, experiment])
        while let row = try cursor.next() {
            let identity: String = try row.value(at: 0)
            let part: String = try row.value(at: 1)
            values[identity, default: [:]][part] = try row.value(at: 2)
        }
        return values
    }

    private mutating func fetchTrials(
        _ experiment: Int64, _ places: [Int64: Int], _ values: [String: [String: Double]], _ database: Database
    ) throws {
        let cursor = try Row.fetchCursor(
            database,
            sql: """
                SELECT rt.row, rt.seed, t.identity, t.state, a.wall_seconds, m.parameters, m.multiply_accumulates,
                    m.activation_bytes, m.peak_resident_bytes, m.training_median, m.inference_median, a.recomputed
                FROM experiment_row r
                JOIN row_trial rt ON rt.row = r.id
                JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
                LEFT JOIN attempt a ON a.id = coalesce(t.selected_attempt,
                    (SELECT id FROM attempt WHERE trial = t.identity AND removed_at IS NULL
                     ORDER BY number DESC LIMIT 1))
                LEFT JOIN measurement m ON m.attempt = a.id
                WHERE r.experiment = ? AND r.removed_at IS NULL
                """, arguments: [experiment])
        let lost = try HeldAttempt.deadTrials(database)
        while let row = try cursor.next() {
            guard let place = try places[row.value("row")] else { continue }
            var trial = try trial(row, values)
            if lost.contains(trial.outcome.identity) { trial.outcome.state = .lost }
            rows[place].trials.append(trial)
        }
        let order = Dictionary(seeds.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        for place in rows.indices {
            rows[place].trials.sort {
                (order[$0.outcome.seed] ?? .max, $0.outcome.seed) < (order[$1.outcome.seed] ?? .max, $1.outcome.seed)
            }
        }
    }

    private func trial(_ row: Row, _ values: [String: [String: Double]]) throws -> TrialFacts {
        let identity: String = try row.value("identity")
        var parts = values[identity] ?? [:]
        let value = parts.removeValue(forKey: metric.part)
        parts[""] = nil
        let parameters: Int? = try row.value("parameters")
        // A build that is not optimised measures no speed and records 0.
        let speeds = try ["training_median", "inference_median"].map { column -> Double? in
            let speed: Double? = try row.value(column)
            return speed == 0 ? nil : speed
        }
        let size = try parameters.map { parameters in
            try NetworkSize(
                parameters: parameters, multiplyAccumulates: row.value("multiply_accumulates"),
                activationBytes: row.value("activation_bytes"), peakResidentBytes: row.value("peak_resident_bytes"),
                trainingThroughput: speeds[0], inferenceThroughput: speeds[1])
        }
        let flag: Int? = try row.value("recomputed")
        return try TrialFacts(
            outcome: SeedOutcome(
                seed: row.value("seed"), state: row.word("state"), identity: identity, value: value, parts: parts,
                recomputation: size.map { _ in flag.map { $0 == 0 ? .no : .yes } ?? .unknown }),
            size: size, wallSeconds: row.seconds("wall_seconds"))
    }
}
