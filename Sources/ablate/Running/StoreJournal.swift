import Experiments
import Foundation
import Results
import Training

/// The results database as the coordinator sees it: hands out an experiment's trials and takes in what they report.
struct StoreJournal: TrialJournal {
    let store: Store
    let experiment: String
    /// The trials that may be handed out, by identity.
    let entries: [String: TrialPlan.Entry]
    let execution: ExecutionSettings
    let checkpointFolder: String

    init(
        store: Store, experiment: String, entries: [TrialPlan.Entry], execution: ExecutionSettings,
        checkpointFolder: String
    ) {
        self.store = store
        self.experiment = experiment
        self.entries = Dictionary(uniqueKeysWithValues: entries.map { ($0.identity.hexadecimal, $0) })
        self.execution = execution
        self.checkpointFolder = checkpointFolder
    }

    func claim() throws -> ClaimedTrial? {
        guard let assignment = try store.claim(experiment: experiment, among: Array(entries.keys)),
            let entry = entries[assignment.identity]
        else { return nil }
        var execution = execution
        execution.checkpoint = "\(checkpointFolder)/\(assignment.identity).checkpoint"
        return ClaimedTrial(
            attempt: assignment.attempt,
            label: "\(entry.rows.joined(separator: " = ")), seed \(entry.specification.seed)",
            job: WorkerJob(specification: entry.specification, execution: execution))
    }

    func record(_ event: RunEvent, of attempt: Int64) throws {
        try store.apply(event: event, attempt: attempt)
    }
}
