import Experiments
import Networks
import Results

/// What a run would do, row by row.
struct PlanTable {
    let table: Table

    init(
        _ input: ExperimentInput, _ censuses: [NetworkCensus], _ memory: StoredKnowledge, workers: Int
    ) {
        let estimate = TimeEstimate(input, censuses, memory.durations)
        let counts = PlanTable.counts(memory)
        let rows = zip(input.experiment.rows, censuses).map { row, census -> [Table.Cell] in
            let count = counts[row.name] ?? Count()
            return [
                .text(row.name), .text(row.canonicalLayout), .integer(census.parameters),
                .integer(census.multiplyAccumulates), .integer(count.trials), .integer(count.done),
                .integer(count.left), .number(Double(count.left) * estimate.seconds(ofRow: row.name)),
            ]
        }
        table = Table(
            title: input.experiment.name, columns: PlanTable.columns, rows: rows,
            notes: PlanTable.notes(input.experiment, memory, estimate, workers))
    }

    private struct Count {
        var trials = 0
        var done = 0
        var left = 0
    }

    /// The trials of each row, by the row's name.
    private static func counts(_ memory: StoredKnowledge) -> [String: Count] {
        var counts: [String: Count] = [:]
        for entry in memory.plan.entries {
            let state = memory.state(of: entry)
            for row in entry.rows {
                counts[row, default: Count()].trials += 1
                counts[row, default: Count()].done += state == .done ? 1 : 0
                counts[row, default: Count()].left += state.isClaimable ? 1 : 0
            }
        }
        return counts
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
        _ experiment: Experiment, _ memory: StoredKnowledge, _ estimate: TimeEstimate, _ workers: Int
    ) -> [String] {
        let plan = memory.plan
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
        let added = plan.entries.count { !experiment.seeds.contains($0.specification.seed) }
        if added > 0 { notes.append("\(counted(added, "trial")) of them with seeds that --until-decided has added.") }
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
