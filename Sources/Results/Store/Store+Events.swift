import Experiments
import Foundation
import GRDB

extension Store {
    /// Turns what a worker reports into rows, one transaction each.
    ///
    /// - Parameter attempt: the attempt of the ``Assignment`` that the worker runs.
    /// - Throws: ``StoreError`` of kind `closed` when the attempt has already ended or is gone, and for errors of the file.
    public func apply(event: RunEvent, attempt: Int64) throws {
        switch event {
        case .started(let provenance):
            try onRunning(attempt) { try start(attempt, provenance, $0) }
        case .gradientsChecked(let parameters):
            try onRunning(attempt) { database in
                try database.execute(
                    sql: "UPDATE attempt SET checked_gradients = ? WHERE id = ?", arguments: [parameters, attempt])
            }
        case .epoch(let report):
            try onRunning(attempt) { try insert(report, attempt, $0) }
        case .measured(let measurement):
            try onRunning(attempt) { try insert(measurement, attempt, $0) }
        case .finished(let outcome):
            try onRunning(attempt, isDurable: true) { try finish(attempt, outcome, $0) }
        case .failed(let failure):
            try onRunning(attempt, isDurable: true) { try fail(attempt, failure, $0) }
        case .note:
            break
        case .progress(let step, let steps):
            try onRunning(attempt) { database in
                try database.execute(
                    sql: "UPDATE attempt SET step = ?, steps = ?, progress_at = ? WHERE id = ?",
                    arguments: [step, steps, Date(), attempt])
            }
        }
    }

    private func onRunning(_ attempt: Int64, isDurable: Bool = false, _ body: (Database) throws -> Void) throws {
        let change = { (database: Database) in
            let state = try String.fetchOne(
                database, sql: "SELECT state FROM attempt WHERE id = ?", arguments: [attempt])
            guard let state else {
                throw StoreError(.closed, "attempt \(attempt) is no longer in \(self.path)")
            }
            guard state == TrialState.running.rawValue else {
                throw StoreError(.closed, "attempt \(attempt) in \(self.path) has already ended (\(state))")
            }
            try body(database)
        }
        if isDurable {
            try durableTransaction(change)
        } else {
            try transaction(change)
        }
    }

    private func start(_ attempt: Int64, _ provenance: Provenance, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE attempt SET host = ?, pid = ?, process_start = ?, processor = ?, code_version = ?, compiler = ?,
                    blas = ?, operating_system = ?, threads = ?, data_digest = ?, resumed_after_epoch = ?,
                    started_at = ?, recomputed = ?
                WHERE id = ?
                """,
            arguments: [
                provenance.host, provenance.processIdentifier, provenance.processStart, provenance.processor,
                provenance.codeVersion, provenance.compiler, provenance.blas, provenance.operatingSystem,
                provenance.threads, provenance.dataDigest, provenance.resumedAfterEpoch, Date(),
                provenance.recomputes ?? false, attempt,
            ])
        try takeOver(upTo: provenance.resumedAfterEpoch, attempt, database)
    }

    /// Copies the epochs that a resumed attempt does not train again from the latest earlier attempt that has each, so
    /// that its curve is whole, and that the gradients were checked when the training began.
    private func takeOver(upTo lastEpoch: Int, _ attempt: Int64, _ database: Database) throws {
        guard lastEpoch > 0 else { return }
        let source = """
            (SELECT p.epoch, max(p.attempt) AS attempt FROM epoch p JOIN attempt a ON a.id = p.attempt
             WHERE a.trial = (SELECT trial FROM attempt WHERE id = :attempt) AND a.id < :attempt
                AND a.removed_at IS NULL AND p.epoch <= :last
             GROUP BY p.epoch)
            """
        let arguments: StatementArguments = ["attempt": attempt, "last": lastEpoch]
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO epoch
                SELECT :attempt, p.epoch, p.learning_rate, p.gradient_norm, p.train_seconds, p.evaluation_seconds
                FROM epoch p JOIN \(source) s ON s.attempt = p.attempt AND s.epoch = p.epoch
                """, arguments: arguments)
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO metric
                SELECT :attempt, m.epoch, m.split, m.name, m.part, m.value
                FROM metric m JOIN \(source) s ON s.attempt = m.attempt AND s.epoch = m.epoch
                """, arguments: arguments)
        try database.execute(
            sql: """
                UPDATE attempt SET checked_gradients = (
                    SELECT max(a.checked_gradients) FROM attempt a
                    WHERE a.trial = attempt.trial AND a.id < :attempt AND a.removed_at IS NULL)
                WHERE id = :attempt
                """, arguments: ["attempt": attempt])
    }

    /// An epoch that is reported again replaces what was there: a resumed worker may repeat what its checkpoint holds.
    private func insert(_ report: EpochReport, _ attempt: Int64, _ database: Database) throws {
        let epoch = report.epoch
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO epoch
                    (attempt, epoch, learning_rate, gradient_norm, train_seconds, evaluation_seconds)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                attempt, epoch, report.learningRate, report.gradientNorm, report.trainSeconds,
                report.evaluationSeconds,
            ])
        try database.execute(
            sql: "DELETE FROM metric WHERE attempt = ? AND epoch = ?", arguments: [attempt, epoch])
        let statement = try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO metric (attempt, epoch, split, name, part, value) VALUES (?, ?, ?, ?, ?, ?)")
        for metric in report.metrics {
            try statement.execute(
                arguments: [attempt, epoch, metric.split.rawValue, metric.name, metric.part, metric.value])
        }
    }

    private func insert(_ measurement: Experiments.Measurement, _ attempt: Int64, _ database: Database) throws {
        let training = measurement.training
        let inference = measurement.inference
        try database.execute(
            sql: "INSERT OR REPLACE INTO measurement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                attempt, measurement.parameters, measurement.multiplyAccumulates, measurement.activationBytes,
                measurement.peakResidentBytes, training.median, training.minimum, training.maximum, training.repeats,
                inference.median, inference.minimum, inference.maximum, inference.repeats,
            ])
    }

    private func finish(_ attempt: Int64, _ outcome: Outcome, _ database: Database) throws {
        for metric in outcome.metrics {
            try database.execute(
                sql: "INSERT OR REPLACE INTO result (attempt, split, name, part, value) VALUES (?, ?, ?, ?, ?)",
                arguments: [attempt, metric.split.rawValue, metric.name, metric.part, metric.value])
        }
        try database.execute(
            sql: """
                UPDATE attempt SET state = 'done', ended_at = ?, selected_epoch = ?, wall_seconds = ?,
                    weights_digest = ?, step = steps
                WHERE id = ?
                """,
            arguments: [Date(), outcome.epoch, outcome.wallSeconds, outcome.weightsDigest, attempt])
        try database.execute(
            sql: """
                UPDATE trial SET state = 'done', selected_attempt = :attempt
                WHERE identity = (SELECT trial FROM attempt WHERE id = :attempt)
                """, arguments: ["attempt": attempt])
    }

    private func fail(_ attempt: Int64, _ failure: Failure, _ database: Database) throws {
        let state =
            switch failure.reason {
            case .diverged: TrialState.diverged
            case .interrupted, .paused: TrialState.interrupted
            case .data, .network, .crashed: TrialState.failed
            }
        try database.execute(
            sql: "UPDATE attempt SET state = ?, reason = ?, message = ?, ended_at = ? WHERE id = ?",
            arguments: [state.rawValue, failure.reason.rawValue, failure.message, Date(), attempt])
        try database.execute(
            sql: "UPDATE trial SET state = ? WHERE identity = (SELECT trial FROM attempt WHERE id = ?)",
            arguments: [state.rawValue, attempt])
    }
}
