import Experiments
import Results

/// The finished trials of an experiment that its file, edited since, no longer asks for.
struct ReplacedTrials {
    /// More are not compared field by field.
    private static let compared = 500

    private let trials: [FinishedTrial]
    private let plan: TrialPlan
    private let name: String

    /// Compares the file's plan with what the database has under the experiment's name; before that is registered anew.
    init(_ name: String, _ plan: TrialPlan, _ reader: StoreReader) throws {
        self.name = name
        self.plan = plan
        trials = try reader.finishedTrials(
            experiment: name, excluding: Set(plan.entries.map(\.identity.hexadecimal)))
    }

    /// What to say of them, in one or two sentences; nil where there are none.
    var note: String? {
        guard !trials.isEmpty else { return nil }
        let count = Set(trials.map(\.identity)).count
        let head = "\(counted(count, "finished trial")) of \(name) no longer \(count == 1 ? "counts" : "count"): "
        let (reason, isEngine) = reason
        let kept = count == 1 ? "It is kept" : "They are kept"
        return head + reason + ". "
            + (isEngine
                ? kept + "."
                : kept
                    + ": with the old text, here or in a file of another name, \(count == 1 ? "it counts" : "they count") "
                    + "again and \(count == 1 ? "is" : "are") not trained.")
    }

    /// What is different now, and whether it is the engine.
    private var reason: (text: String, isEngine: Bool) {
        var entries: [String: [Int: TrialSpecification]] = [:]
        for entry in plan.entries {
            for row in entry.rows { entries[row, default: [:]][entry.specification.seed] = entry.specification }
        }
        var changes: Set<TrialSpecification.Difference> = []
        var gone: Set<String> = []
        for trial in trials.prefix(ReplacedTrials.compared) {
            guard let row = entries[trial.row] else {
                gone.insert("the file has no row `\(trial.row)`")
                continue
            }
            guard let now = row[trial.seed],
                let mine = TrialSpecification.fieldTexts(ofCanonical: now.canonicalJSON),
                let theirs = TrialSpecification.fieldTexts(ofCanonical: trial.canonical)
            else {
                gone.insert("the file has fewer seeds")
                continue
            }
            changes.formUnion(TrialSpecification.differences(mine, theirs))
        }
        let fields = Set(changes.map(\.field))
        if fields.contains("engine"), let change = changes.first(where: { $0.field == "engine" }) {
            return (
                "this program has engine \(change.mine ?? "?"), and engine \(change.theirs ?? "?"), which trained them, "
                    + "gave other bits", true
            )
        }
        var words = fields.sorted().prefix(3).map { field -> String in
            let own = changes.filter { $0.field == field }
            guard own.count == 1, let change = own.first else { return "`\(field)` has changed" }
            return "`\(field)` was \(change.theirs ?? "not there") and is \(change.mine ?? "not there")"
        }
        if fields.count > 3 { words.append("\(fields.count - 3) more fields have changed") }
        words += gone.sorted().prefix(2)
        if gone.count > 2 { words.append("and so for \(gone.count - 2) more") }
        return (words.joined(separator: ", "), false)
    }
}
