import Experiments
import Foundation
import Results
import Training

/// What the database, where there is one, knows of an experiment's trials; reading it writes nothing.
struct StoredKnowledge {
    /// The file's trials, and those of seeds that `--until-decided` has added.
    let plan: TrialPlan
    /// The state of each trial that the database knows, by identity.
    var states: [String: TrialState] = [:]
    /// How long finished trials of this processor and engine took, of this experiment and of others.
    var durations: [TrialDuration] = []

    init(_ database: DatabaseOptions, of experiment: Experiment) throws {
        plan = try Self.plan(database, of: experiment)
        guard FileManager.default.fileExists(atPath: database.path) else { return }
        let reader = try database.reader()
        states = try reader.states(of: plan.entries.map(\.identity.hexadecimal))
        durations = try reader.durations(
            processor: ProcessFacts.processor, engine: TrialSpecification.currentEngine)
    }

    /// What a run of the experiment would be about.
    static func plan(_ database: DatabaseOptions, of experiment: Experiment) throws -> TrialPlan {
        guard FileManager.default.fileExists(atPath: database.path) else { return TrialPlan(experiment) }
        return TrialPlan(experiment, added: try database.reader().addedSeeds(experiment: experiment.name))
    }

    func state(of entry: TrialPlan.Entry) -> TrialState {
        states[entry.identity.hexadecimal] ?? .queued
    }
}
