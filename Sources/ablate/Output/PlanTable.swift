import Experiments
import Networks
import Results

/// What a run would do, row by row.
struct PlanTable {
    let table: Table

    init(
        _ input: ExperimentInput, _ censuses: [NetworkCensus], _ plan: TrialPlan, _ memory: StoredKnowledge,
        workers: Int
    ) {
        let estimate = TimeEstimate(input, censuses, memory.durations)
        var rows: [[Table.Cell]] = []
        for (row, census) in zip(input.experiment.rows, censuses) {
            let entries = plan.entries.filter { $0.rows.contains(row.name) }
            let done = entries.filter { memory.state(of: $0) == .done }.count
            let left = entries.filter { memory.state(of: $0).isClaimable }.count
            rows.append([
                .text(row.name), .text(row.canonicalLayout), .integer(census.parameters),
                .integer(census.multiplyAccumulates), .integer(entries.count), .integer(done), .integer(left),
                .number(Double(left) * estimate.seconds(ofRow: row.name)),
            ])
        }
        table = Table(
            title: input.experiment.name, columns: PlanTable.columns, rows: rows,
            notes: PlanTable.notes(plan, memory, estimate, workers))
    }

    private static let columns: [Table.Column] = [
        .init("row"), .init("layout", narrowing: .list),
        .init("parameters", alignment: .decimal, format: .count, narrowing: .drop(2)),
        .init("multiply_accumulates", title: "MACs", alignment: .decimal, format: .count, narrowing: .drop(1)),
        .init("trials", alignment: .right), .init("done", alignment: .right),
        .init("to_run", title: "to run", alignment: .right),
        .init("seconds", title: "time", unit: "s", alignment: .right, format: .duration),
    ]

    private static func notes(
        _ plan: TrialPlan, _ memory: StoredKnowledge, _ estimate: TimeEstimate, _ workers: Int
    ) -> [String] {
        let left = plan.entries.filter { memory.state(of: $0).isClaimable }
        let failed = plan.entries.filter { [.failed, .diverged].contains(memory.state(of: $0)) }.count
        let done = plan.entries.filter { memory.state(of: $0) == .done }.count
        let seconds = left.reduce(0) { $0 + estimate.seconds(ofRow: $1.rows[0]) }
        let longest = left.map { estimate.seconds(ofRow: $0.rows[0]) }.max() ?? 0
        let wall = Duration.seconds(max(seconds / Double(workers), longest))
        var notes = ["\(counted(plan.entries.count, "trial")): \(done) done, \(left.count) to run."]
        if plan.folded > 0 {
            notes.append("\(counted(plan.folded, "duplicate")) folded: rows that are the same trial.")
        }
        if failed > 0 {
            notes.append(
                "\(counted(failed, "trial")) failed earlier and would not be run again, only by `ablate retry`.")
        }
        if !left.isEmpty {
            let ground = estimate.isMeasured ? "from this machine's earlier trials" : "a guess from the MACs"
            notes.append("About \(wall.brief) with \(counted(workers, "job")) (\(ground)).")
        }
        return notes
    }
}
