import ArgumentParser
import Experiments
import Results

/// `ablate why`: says field by field why a stored result is reused or not.
struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Say field by field why a stored result is reused or not.",
        discussion: """
            For an experiment file: for each row and seed whether a run would reuse a result, and where not, in which fields \
            the nearest stored trial differs. With --row and --seed, or for a stored trial, every field is shown beside the \
            nearest trial's. Nothing is trained and nothing is written.
            """)

    @Argument(
        help: ArgumentHelp(
            "An experiment file, or a stored trial: EXPERIMENT/ROW/SEED, or the first 4 or more digits of its identity.",
            valueName: "file|trial"),
        completion: .file(extensions: ["yaml", "yml"]))
    var subject: String

    @Option(name: .long, help: ArgumentHelp("Of the file, only this row.", valueName: "row"))
    var row: String?

    @Option(name: .long, help: ArgumentHelp("Of the file, only this seed.", valueName: "seed"))
    var seed: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("Compare with this stored trial instead of the nearest one.", valueName: "trial"))
    var with: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reader = try database.reader()
        guard ExperimentInput.isFile(subject) else {
            let trial = try reader.trial(matching: subject)
            let reasons = ReuseReasons.of(trial) + [DataReason.of(trial)].compactMap { $0 }
            try output.print(fields(trial.identity, trial.label, trial.canonical, reasons, reader))
            return
        }
        let entries = try entries(of: ExperimentInput(path: subject), reader)
        guard let first = entries.first, entries.count == 1 else {
            try output.print(ReuseTable(entries, reader).table)
            return
        }
        let identity = first.identity.hexadecimal
        let canonical = first.specification.canonicalJSON
        let reasons = ReuseReasons.of(try reader.trial(identity: identity))
        try output.print(fields(identity, first.label, canonical, reasons, reader))
    }

    private func entries(of input: ExperimentInput, _ reader: StoreReader) throws -> [TrialPlan.Entry] {
        _ = try input.rows(called: row)
        let plan = TrialPlan(input.experiment, added: try reader.addedSeeds(experiment: input.experiment.name))
        let entries = plan.entries.filter { entry in
            row.map(entry.rows.contains) ?? true && seed.map { $0 == entry.specification.seed } ?? true
        }
        guard !entries.isEmpty else {
            throw Refusal(
                "the experiment \(input.experiment.name) has no seed \(seed ?? 0)",
                remedy: "Its seeds are \(plan.seeds.map(String.init).joined(separator: ", "))")
        }
        return entries
    }

    /// Every field beside that of the nearest trial, or of the one that was asked for.
    private func fields(
        _ identity: String, _ label: TrialLabel, _ canonical: String, _ reasons: [String], _ reader: StoreReader
    ) throws -> Table {
        var other: StoredTrial?
        if let with {
            other = try reader.trial(matching: with)
        } else if let near = try reader.nearTrials().nearest(toCanonical: canonical, identity: identity) {
            other = try reader.trial(identity: near.identity)
        }
        return FieldTable(identity: identity, label: "\(label)", canonical: canonical, reasons: reasons, other: other)
            .table
    }
}
