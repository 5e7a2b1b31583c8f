import Experiments
import Foundation
import Results

/// What the database, where there is one, knows of an experiment's trials; reading it writes nothing.
struct StoredKnowledge {
    /// The state of each trial that the database knows, by identity.
    var states: [String: TrialState] = [:]
    /// How long finished trials took, of this experiment and of others.
    var durations: [TrialDuration] = []

    init(_ database: DatabaseOptions, of plan: TrialPlan) throws {
        guard FileManager.default.fileExists(atPath: database.path) else { return }
        let reader = try database.reader()
        states = try reader.states(of: plan.entries.map(\.identity.hexadecimal))
        durations = try reader.durations()
    }

    func state(of entry: TrialPlan.Entry) -> TrialState {
        states[entry.identity.hexadecimal] ?? .queued
    }
}
