import Experiments
import Networks
import Results

/// What a run would do, row by row.
struct PlanTable {
    let table: Table

    init(_ input: ExperimentInput, _ censuses: [NetworkCensus], _ work: PlannedWork, notes: [String]) {
        let rows = zip(input.rows, censuses).map { prepared, census -> [Table.Cell] in
            let row = work.rows[prepared.row.name] ?? PlannedWork.Row()
            return [
                .text(prepared.row.name), .text(prepared.row.canonicalLayout), .integer(census.parameters),
                .integer(census.multiplyAccumulates), .number(MemoryEstimate.bytes(prepared, census).rounded()),
                .integer(row.trials), .integer(row.done), .integer(row.left),
                .number(Double(row.left) * row.seconds),
            ]
        }
        table = Table(title: input.experiment.name, columns: PlanTable.columns, rows: rows, notes: notes)
    }

    private static let columns: [Table.Column] = [
        .init("row"), .init("layout", narrowing: .list),
        .init("parameters", alignment: .decimal, format: .count, narrowing: .drop(2)),
        .init("multiply_accumulates", title: "MACs", alignment: .decimal, format: .count, narrowing: .drop(1)),
        .init("memory_bytes", title: "memory", unit: "B", alignment: .decimal, format: .bytes, narrowing: .drop(3)),
        .init("trials", alignment: .right), .init("done", alignment: .right),
        .init("to_run", title: "to run", alignment: .right),
        .init("seconds", title: "time", unit: "s", alignment: .right, format: .duration),
    ]
}
