import Autograd
import Networks
import Results
import Training

/// What a benchmark measured, as rows.
struct BenchmarkTables {
    /// Multiply–accumulates of one image's forward pass.
    let multiplyAccumulates: Int
    let batch: Int
    let threads: Int

    static let columns = [
        Table.Column("layout"), Table.Column("work"),
        Table.Column("threads", alignment: .right), Table.Column("batch", alignment: .right),
        Table.Column("median", title: "img/s", unit: "images/s", alignment: .right, format: .count),
        Table.Column("minimum", title: "lowest", unit: "images/s", alignment: .right, format: .count),
        Table.Column("maximum", title: "highest", unit: "images/s", alignment: .right, format: .count),
        Table.Column("gigaflops", title: "GFLOP/s", alignment: .decimal, format: .fixed(1)),
        Table.Column("peak_resident_bytes", title: "memory", unit: "bytes", alignment: .right, format: .bytes),
    ]

    func row(_ name: String, _ outcome: NetworkBenchmark.Outcome) -> [Table.Cell] {
        let speed = outcome.throughput
        return [
            .text(name), .text(outcome.work.rawValue), .integer(threads), .integer(batch), .number(speed.median),
            .number(speed.minimum), .number(speed.maximum),
            .number(speed.median * operations(outcome.work) / 1e9), .integer(outcome.peakResidentBytes),
        ]
    }

    /// Where the time went, the longest first, then what lay between operations: optimizer, clipping, allocation.
    func profile(_ name: String, _ outcome: NetworkBenchmark.Outcome) -> Table {
        let repeats = Double(outcome.throughput.repeats)
        var rows = outcome.profile.entries.sorted { $0.value.seconds > $1.value.seconds }.map { key, entry in
            [
                Table.Cell.text(key.operation), .text(key.direction.rawValue),
                .number(Double(entry.calls) / repeats), .number(entry.seconds / repeats * 1000),
                .number(entry.seconds / outcome.seconds),
            ]
        }
        let inside = outcome.profile.entries.values.reduce(0) { $0 + $1.seconds }
        rows.append([
            .text("between operations"), .empty, .empty, .number((outcome.seconds - inside) / repeats * 1000),
            .number(1 - inside / outcome.seconds),
        ])
        return Table(
            title: "\(name), \(outcome.work.rawValue): one step of \(batch) images",
            columns: [
                Table.Column("operation"), Table.Column("direction"),
                Table.Column("calls", alignment: .right, format: .count),
                Table.Column("milliseconds", title: "ms", alignment: .decimal, format: .fixed(2)),
                Table.Column("share", title: "share, %", alignment: .decimal, format: .percent(1)),
            ], rows: rows)
    }

    /// Floating-point operations for one image: two for each multiply–accumulate; backward costs twice forward.
    private func operations(_ work: NetworkBenchmark.Work) -> Double {
        Double(multiplyAccumulates) * (work == .training ? 6 : 2)
    }
}
