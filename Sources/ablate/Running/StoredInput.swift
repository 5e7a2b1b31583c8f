import Experiments
import Foundation
import Networks
import Results
import Training

/// A stored trial as it can be trained on this machine.
struct StoredInput {
    let specification: TrialSpecification

    /// - Parameter folder: the folder of the data set's files; nil for that of the experiment's file, or the usual one.
    init(_ trial: StoredTrial, data folder: String?) throws {
        guard trial.engine == TrialSpecification.currentEngine else {
            throw Refusal(
                "the trial \(trial.identity.prefix(10)) was trained by engine \(trial.engine), and this program has "
                    + "engine \(TrialSpecification.currentEngine), which gives other bits",
                remedy: "Use the version of ablate that trained it"
                    + (trial.selected?.codeVersion.map { " (\($0))" } ?? ""))
        }
        specification = try StoredInput.specification(of: trial, data: folder)
    }

    /// What a trial of any engine was, with the folder of its files.
    static func specification(of trial: StoredTrial, data folder: String? = nil) throws -> TrialSpecification {
        guard var specification = TrialSpecification(canonical: trial.canonical) else {
            throw Refusal(
                "the stored settings of the trial \(trial.identity.prefix(10)) are not ones that this program knows",
                remedy: "Use the version of ablate that trained it")
        }
        specification.dataset.path = folder ?? StoredInput.folder(of: trial, specification.dataset.name)
        return specification
    }

    /// The data set's folder in the files of the experiments that use the trial; nil where none of them names one.
    private static func folder(of trial: StoredTrial, _ dataset: String) -> String? {
        for use in trial.uses {
            do {
                let (experiment, _) = try ExperimentFile.parse(
                    text: use.source, file: use.experiment, vocabulary: Mixers.vocabulary)
                let row = experiment.rows.first { $0.name == use.row && $0.dataset.name == dataset }
                if let path = row?.dataset.path { return path }
            } catch {
                // A file of another version: its text is of no use here, and nothing else is asked of it.
                continue
            }
        }
        return nil
    }
}
