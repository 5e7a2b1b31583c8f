import Networks
import Results

/// Everything that the commands ask of a results database.
public enum EveryQuestion {
    /// Asks the database at `path`, which may hold anything at all.
    ///
    /// - Throws: `StoreError` at the first question that cannot be answered.
    public static func ask(_ path: String) throws {
        let reader = try Store.openReadOnly(path: path)
        let names = try reader.experimentNames()
        for name in names {
            try ask(reader, experiment: name)
        }
        if names.count > 1 { try askForComparison(reader, names[0], names[1]) }
        for view in ["v_trials", "v_curves", "v_pairs", "v_summary"] {
            _ = try reader.query("SELECT * FROM \(view)")
        }
        _ = TableFormat.csv.render(try reader.resultTable(ResultQuery()))
        _ = try reader.resultTable(ResultQuery(columns: ["wall_seconds"], groups: ["experiment", "row"]))
        _ = try reader.durations(processor: "", engine: 2)
        _ = try reader.nearTrials().nearest(toCanonical: "{\"seed\":0}", identity: "")
        _ = try reader.examine()
    }

    private static func ask(_ reader: StoreReader, experiment name: String) throws {
        let trials = try reader.status(experiment: name)
        _ = try reader.states(of: trials.map(\.identity))
        _ = try reader.source(experiment: name)
        _ = try reader.testedDatasets(experiment: name)
        _ = try reader.heldTrials(experiment: name)
        _ = try reader.distantSigns(experiment: name)
        _ = try reader.addedSeeds(experiment: name)
        let summary = try Summary(reader, experiment: name)
        _ = summary.render(.table)
        _ = summary.render(.json)
        _ = summary.frontTable()
        if let plan = try reader.sequentialPlan(experiment: name) {
            _ = NextSeeds(summary, plan: plan).choose(trials: 2)
        }
        let page = try Report(reader, summary, vocabulary: Mixers.vocabulary).page
        precondition(!page.isEmpty, "no page")
        for trial in trials {
            _ = try reader.trial(identity: trial.identity)
            let details = try reader.trialDetails(trial.identity)
            if trial.identity == trials.first?.identity { _ = details.render(.table) }
        }
    }

    private static func askForComparison(_ reader: StoreReader, _ first: String, _ second: String) throws {
        let rows = try [first, second].map { name in
            try Summary(reader, experiment: name).rows.first.map { RowSelection(experiment: name, row: $0.name) }
        }
        guard let one = rows[0], let two = rows[1] else { return }
        _ = try reader.compare(one, two, metric: "accuracy").render(.table)
    }
}
