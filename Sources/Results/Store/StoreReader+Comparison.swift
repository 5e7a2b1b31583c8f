import Experiments
import GRDB

extension StoreReader {
    /// Compares a repetition of a finished trial with what is stored, number by number in the order in which training
    /// makes them. Nothing is written down.
    ///
    /// - Throws: ``StoreError`` where the trial has no result.
    public func comparison(of identity: String, with repetition: Repetition) throws -> VerificationResult {
        try read { try StoreReader.comparison(of: identity, with: repetition, $0, path).result }
    }

    /// The comparison, and the attempt whose numbers it was made with.
    static func comparison(
        of identity: String, with repetition: Repetition, _ database: Database, _ path: String
    ) throws -> (attempt: Int64, result: VerificationResult) {
        let attempt = try Int64.fetchOne(
            database, sql: "SELECT selected_attempt FROM trial WHERE identity = ? AND state = 'done'",
            arguments: [identity])
        guard let attempt else {
            throw StoreError(.unknown, "the trial \(identity.prefix(10)) in \(path) has no result to compare with")
        }
        var comparison = BitComparison()
        for report in repetition.epochs {
            try compare(report, attempt, &comparison, database)
        }
        try compare(repetition.outcome, attempt, &comparison, database)
        return (attempt, comparison.result)
    }

    private static func compare(
        _ report: EpochReport, _ attempt: Int64, _ comparison: inout BitComparison, _ database: Database
    ) throws {
        let epoch = report.epoch
        let row = try Row.fetchOne(
            database, sql: "SELECT learning_rate, gradient_norm FROM epoch WHERE attempt = ? AND epoch = ?",
            arguments: [attempt, epoch])
        comparison.number(
            "learning rate of epoch \(epoch)", stored: try row.flatMap { try $0.value("learning_rate") },
            now: report.learningRate)
        comparison.number(
            "gradient norm of epoch \(epoch)", stored: try row.flatMap { try $0.value("gradient_norm") },
            now: report.gradientNorm)
        try compare(
            report.metrics, "metric", " of epoch \(epoch)", "attempt = ? AND epoch = ?", [attempt, epoch],
            &comparison, database)
    }

    private static func compare(
        _ outcome: Outcome, _ attempt: Int64, _ comparison: inout BitComparison, _ database: Database
    ) throws {
        let row = try Row.fetchOne(
            database, sql: "SELECT selected_epoch, weights_digest FROM attempt WHERE id = ?", arguments: [attempt])
        comparison.number(
            "selected epoch", stored: try row.flatMap { try $0.value("selected_epoch") }, now: Double(outcome.epoch))
        try compare(outcome.metrics, "result", " of the result", "attempt = ?", [attempt], &comparison, database)
        comparison.text(
            "digest of the weights", stored: try row.flatMap { try $0.value("weights_digest") },
            now: outcome.weightsDigest)
    }

    /// Compares every metric of the repetition with the stored one, and says where there are stored ones beside them.
    private static func compare(
        _ metrics: [Metric], _ table: String, _ place: String, _ condition: String, _ arguments: StatementArguments,
        _ comparison: inout BitComparison, _ database: Database
    ) throws {
        var stored: [String: Double?] = [:]
        let rows = try Row.fetchAll(
            database, sql: "SELECT split, name, part, value FROM \(table) WHERE \(condition)", arguments: arguments)
        for row in rows {
            let (split, name, part): (String, String, String) = try (
                row.value("split"), row.value("name"), row.value("part")
            )
            stored[StoreReader.words(split, name, part)] = .some(try row.value("value"))
        }
        for metric in metrics {
            let name = StoreReader.words(metric.split.rawValue, metric.name, metric.part)
            comparison.number(name + place, stored: stored.removeValue(forKey: name) ?? nil, now: metric.value)
        }
        for (name, value) in stored.sorted(by: { $0.key < $1.key }) {
            comparison.number(name + place, stored: value, now: nil)
        }
    }

    private static func words(_ split: String, _ name: String, _ part: String) -> String {
        part.isEmpty ? "\(split) \(name)" : "\(split) \(name) \(part)"
    }
}
