import Experiments
import Foundation
import GRDB

extension Store {
    /// Compares a repetition of a finished trial with what is stored, number by number in the order in which training
    /// makes them, and writes down what came of it. Nothing of the trial's own rows is changed.
    ///
    /// - Throws: ``StoreError`` where the trial has no result.
    public func verify(trial identity: String, with repetition: Repetition) throws -> VerificationResult {
        try durableTransaction { database in
            let (attempt, result) = try StoreReader.comparison(of: identity, with: repetition, database, path)
            try insert(result, repetition, identity, attempt, database)
            return result
        }
    }

    private func insert(
        _ result: VerificationResult, _ repetition: Repetition, _ identity: String, _ attempt: Int64,
        _ database: Database
    ) throws {
        let provenance = repetition.provenance
        try database.execute(
            sql: """
                INSERT INTO verification (trial, attempt, verified_at, is_equal, first_difference, weights_digest, host,
                    processor, code_version, threads, wall_seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                identity, attempt, Date(), result.isEqual, result.firstDifference, repetition.outcome.weightsDigest,
                provenance.host, provenance.processor, provenance.codeVersion, provenance.threads,
                repetition.outcome.wallSeconds,
            ])
    }
}
