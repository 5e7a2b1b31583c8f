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
            let whole = try trials.whole(in: store.reader)
            let count = try remove(in: store)
            talk.say(
                "\(trials.moved(count, of: whole)) removed\(trials.others(count, of: whole)); `ablate restore` with the same "
                    + "words brings back what went.")
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
            let count = try restore(in: store)
            let whole = try trials.whole(in: store.reader)
            talk.say("\(trials.moved(count, of: whole)) restored\(trials.others(count, of: whole)).")
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

extension TrialOptions {
    /// How many trials the experiment or row has that is meant as a whole; nil where single trials are meant.
    fileprivate func whole(in reader: StoreReader) throws -> Int? {
        guard let experiment, seed == nil else { return nil }
        return try reader.status(experiment: experiment).count { trial in row.map(trial.rows.contains) ?? true }
    }

    /// `4 trials`, or `experiment small with 4 trials`.
    fileprivate func moved(_ count: Int, of whole: Int?) -> String {
        let trials = counted(count, "trial")
        guard let experiment, whole != nil else { return trials }
        let place = row.map { "row \($0) of \(experiment)" } ?? "experiment \(experiment)"
        return count == 0 ? place : "\(place) with \(trials)"
    }

    /// What of an experiment or row is counted elsewhere too, and so stays as it is.
    fileprivate func others(_ count: Int, of whole: Int?) -> String {
        guard let whole, whole > count else { return "" }
        let rest = counted(whole - count, "trial")
        return count == 0
            ? "; its \(rest) stay\(whole == 1 ? "s" : "") as \(whole == 1 ? "it is" : "they are"), because other rows have "
                + "\(whole == 1 ? "it" : "them") too"
            : "; \(rest) that other rows have too stay\(whole - count == 1 ? "s" : "") as before"
    }
}
