import ArgumentParser
import Experiments
import Results

/// `ablate remove`: sets trials, a row or an experiment aside.
struct RemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Set trials, a row or an experiment aside: they count nowhere and are not reused.",
        discussion: """
            Nothing is deleted: `ablate restore` brings back what was removed, until `ablate gc --apply`. A later run that \
            asks for a removed trial trains it anew. A summary says how many trials of its rows were removed.
            """)

    @OptionGroup var trials: TrialOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    func validate() throws { try trials.requireSome() }

    func run() async throws {
        _ = try database.reader()
        try await database.writing(talk) { store in
            let count = try remove(in: store)
            talk.say("\(counted(count, "trial")) removed; `ablate restore` with the same words brings back what went.")
        }
    }

    private func remove(in store: Store) throws -> Int {
        switch (trials.experiment, trials.row, trials.seed) {
        case (let experiment?, nil, nil): try store.remove(experiment: experiment)
        case (let experiment?, let row?, nil): try store.remove(row: row, of: experiment)
        default: try store.remove(trials: trials.chosen(in: store.reader).map(\.identity))
        }
    }
}

/// `ablate restore`: brings back what was removed.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring back removed trials, rows or experiments with all that they had.",
        discussion: "`ablate doctor` says how many removed trials are kept.")

    @OptionGroup var trials: TrialOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    func validate() throws { try trials.requireSome() }

    func run() async throws {
        _ = try database.reader()
        try await database.writing(talk) { store in
            talk.say("\(counted(try restore(in: store), "trial")) restored.")
        }
    }

    private func restore(in store: Store) throws -> Int {
        switch (trials.experiment, trials.row, trials.seed) {
        case (let experiment?, nil, nil): try store.restore(experiment: experiment)
        case (let experiment?, let row?, nil): try store.restore(row: row, of: experiment)
        default:
            try store.restore(trials: trials.chosen(in: store.reader, includesRemoved: true).map(\.identity))
        }
    }
}
