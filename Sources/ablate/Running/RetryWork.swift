import Experiments
import Results

/// The trials of one experiment that are to be trained again.
struct RetryWork {
    let name: String
    let trials: [TrialStatus]

    /// Refuses trials that the experiment's plan, made by this program from today's data, no longer has.
    func checkIsAsked(by plan: TrialPlan) throws {
        let asked = Set(plan.entries.map(\.identity.hexadecimal))
        let strange = trials.filter { !asked.contains($0.identity) }
        guard let first = strange.first else { return }
        throw Refusal(
            "\(counted(strange.count, "trial")) of \(name), such as \(first.identity.prefix(10)) "
                + "(\(first.label)), cannot be trained again as stored: the data set or the engine is another one now",
            remedy: "ablate why \(first.identity.prefix(10)) names what differs; ablate run FILE trains today's trials")
    }
}

/// What a retry does, one line for each trial.
struct RetryTable {
    let table: Table

    init(_ work: [RetryWork]) {
        let rows = work.flatMap { experiment in
            experiment.trials.map { trial in
                [
                    Table.Cell.text("\(trial.label)"),
                    .text(experiment.name), .text(trial.label.row),
                    .integer(trial.seed), .text(trial.state.rawValue),
                    Table.Cell(.fraction(trial.epoch, of: trial.epochs)),
                    .integer(trial.attempts), .text(trial.identity), .text(RetryTable.reason(trial)),
                ]
            }
        }
        table = Table(
            columns: RetryTable.columns, rows: rows,
            notes: ["\(counted(rows.count, "trial")) to train again; nothing was changed."])
    }

    /// Why the trial had ended, in words.
    static func reason(_ trial: TrialStatus) -> String {
        trial.message ?? trial.reason ?? "\(trial.state.rawValue), for a reason that was not stored"
    }

    private static let columns: [Table.Column] = [
        .init("trial"), .init("experiment"), .init("row", isRaw: true), .init("seed", isRaw: true), .init("state"),
        .init("epoch", alignment: .right), .init("attempts", alignment: .right, narrowing: .drop(1)),
        .init("identity", isRaw: true), .init("reason", narrowing: .list),
    ]
}
