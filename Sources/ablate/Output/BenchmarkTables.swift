import Autograd
import Results
import Training

/// What a benchmark measured, as rows.
struct BenchmarkTables {
    private let subject: BenchmarkSubject
    private let outcome: BenchmarkOutcome
    private let threads: Int
    /// Multiply–accumulates of one image's forward pass.
    private let multiplyAccumulates: Int

    init(_ subject: BenchmarkSubject, _ outcome: BenchmarkOutcome, threads: Int) throws {
        self.subject = subject
        self.outcome = outcome
        self.threads = threads
        multiplyAccumulates = try subject.multiplyAccumulates()
    }

    static let columns = [
        Table.Column("layout"), Table.Column("work"),
        Table.Column("threads", alignment: .right), Table.Column("batch", alignment: .right),
        Table.Column("median", title: "img/s", unit: "images/s", alignment: .right, format: .count),
        Table.Column("minimum", title: "lowest", unit: "images/s", alignment: .right, format: .count),
        Table.Column("maximum", title: "highest", unit: "images/s", alignment: .right, format: .count),
        Table.Column("gigaflops", title: "GFLOP/s", alignment: .decimal, format: .fixed(1)),
        Table.Column("peak_resident_bytes", title: "memory", unit: "bytes", alignment: .right, format: .bytes),
    ]

    var row: [Table.Cell] {
        let speed = outcome.throughput
        return [
            .text(subject.name), .text(outcome.work.rawValue), .integer(threads), .integer(subject.batch),
            .number(speed.median), .number(speed.minimum), .number(speed.maximum),
            .number(speed.median * operationsOfAnImage / 1e9), .integer(outcome.peakResidentBytes),
        ]
    }

    /// Where the time of a step went, the longest first, then what lay between what is named: making tensors, the tape.
    var profile: Table {
        let entries = outcome.profile.entries.sorted { $0.value.seconds > $1.value.seconds }
        let inside = entries.reduce(0) { $0 + $1.value.seconds }
        let rest = Profile.Entry(seconds: outcome.seconds - inside)
        return Table(
            title: "\(subject.name), \(outcome.work.rawValue): one step of \(subject.batch) images",
            columns: BenchmarkTables.profileColumns,
            rows: entries.map { cells($0.key.operation, $0.key.direction, $0.value) }
                + [cells("between operations", nil, rest)],
            notes: ["moved: the arrays that an operation reads or writes, each once."])
    }

    /// Several profiles as one table, for other programs.
    static func joined(_ profiles: [Table]) -> Table {
        Table(columns: profileColumns, rows: profiles.flatMap(\.rows))
    }

    private static let profileColumns = [
        Table.Column("layout", isRaw: true), Table.Column("work", isRaw: true),
        Table.Column("operation"), Table.Column("direction"),
        Table.Column("calls", alignment: .right, format: .count),
        Table.Column("milliseconds", title: "ms", alignment: .decimal, format: .fixed(2)),
        Table.Column("share", title: "share, %", alignment: .decimal, format: .percent(1)),
        Table.Column("gigaflops", title: "GFLOP/s", alignment: .decimal, format: .fixed(1)),
        Table.Column("bytes", title: "moved", unit: "bytes", alignment: .right, format: .bytes),
    ]

    private func cells(_ name: String, _ direction: Profile.Direction?, _ entry: Profile.Entry) -> [Table.Cell] {
        let repeats = Double(outcome.throughput.repeats)
        return [
            .text(subject.name), .text(outcome.work.rawValue), .text(name),
            direction.map { .text($0.rawValue) } ?? .empty,
            entry.calls > 0 ? .number(Double(entry.calls) / repeats) : .empty,
            .number(entry.seconds / repeats * 1000), .number(entry.seconds / outcome.seconds),
            entry.multiplyAccumulates > 0
                ? .number(2 * Double(entry.multiplyAccumulates) / entry.seconds / 1e9) : .empty,
            entry.bytes > 0 ? .number(Double(entry.bytes) / repeats) : .empty,
        ]
    }

    /// Floating-point operations for one image: two for each multiply–accumulate; backward costs twice forward.
    private var operationsOfAnImage: Double {
        Double(multiplyAccumulates) * (outcome.work == .training ? 6 : 2)
    }
}
