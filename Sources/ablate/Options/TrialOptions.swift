import ArgumentParser
import Results

/// Which stored trials a command works on.
struct TrialOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Trials: EXPERIMENT/ROW/SEED, or the first 4 or more digits of their identities, which "
                + "`ablate results NAME --columns row,seed,identity` lists.", valueName: "trial"),
        completion: NameCompletion.trials)
    var trials: [String] = []

    @Option(
        name: .long, help: ArgumentHelp("The trials of this experiment.", valueName: "name"),
        completion: NameCompletion.experiments)
    var experiment: String?

    @Option(
        name: .long, help: ArgumentHelp("Of the experiment, only this row.", valueName: "row"),
        completion: NameCompletion.rows)
    var row: String?

    @Option(name: .long, help: ArgumentHelp("Of the experiment, only this seed.", valueName: "seed"))
    var seed: Int?

    func validate() throws {
        guard experiment != nil || (row == nil && seed == nil) else {
            throw ValidationError("--row and --seed choose among the trials of an experiment: give --experiment too.")
        }
        guard trials.isEmpty || experiment == nil else {
            throw ValidationError("Give trials or --experiment, not both.")
        }
    }

    /// Refuses a command line that names nothing.
    func requireSome() throws {
        guard !trials.isEmpty || experiment != nil else {
            throw ValidationError("Name trials, or an experiment with --experiment.")
        }
    }

    /// The chosen trials, each once.
    func chosen(in reader: StoreReader, includesRemoved: Bool = false) throws -> [StoredTrial] {
        var found: [StoredTrial] = []
        if let experiment {
            let identities = try reader.identities(
                experiment: experiment, row: row, seed: seed, includesRemoved: includesRemoved)
            found = try identities.compactMap { try reader.trial(identity: $0) }
        }
        for digits in trials {
            let trial = try reader.trial(matching: digits)
            if !found.contains(where: { $0.identity == trial.identity }) { found.append(trial) }
        }
        return found
    }
}
