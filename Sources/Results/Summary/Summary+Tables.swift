import Experiments

extension Summary {
    /// The ablation table: one line a row of the experiment, then the baselines.
    ///
    /// - Parameter withParts: whether each part of the test split has a column.
    public func table(withParts: Bool = true) -> Table {
        var columns = identityColumns
        columns += resultColumns
        if withParts { columns += partColumns }
        if rows.contains(where: { $0.published != nil }) {
            columns.append(Table.Column("published", alignment: .decimal, format: .plain, narrowing: .drop(1)))
        }
        if bracket != nil {
            columns.append(
                Table.Column("stopped_after", title: "stopped", unit: "epochs", alignment: .right))
        }
        columns += Summary.costColumns
        var table = Table(
            title: question.isEmpty ? name : "\(name): \(question)", subtitle: subtitle, columns: columns,
            rows: rows.map { cells($0, columns) } + baselineRows(columns), notes: legend + notes)
        table.name = name
        table.rulesBefore = [rows.count]
        return table
    }

    /// The mean of each part of the test split alone, and what needs no training beside it.
    public func partTable() -> Table {
        let columns = [Table.Column("row")] + partColumns
        return Table(
            title: "By part of the test split", columns: columns,
            rows: rows.map { cells($0, columns) } + baselineRows(columns))
    }

    private var partColumns: [Table.Column] {
        parts.enumerated().map { position, part in
            Table.Column(
                part, alignment: .decimal, format: metric.format, narrowing: .drop(-position),
                isRaw: !shownParts.contains(part))
        }
    }

    /// The parts that people are shown: a single one that is the whole split says nothing new.
    var shownParts: [String] {
        guard parts.count == 1, let part = parts.first else { return parts }
        let isWhole = rows.allSatisfy { row in row.outcomes.allSatisfy { $0.value == $0.parts[part] } }
        return isWhole ? [] : parts
    }

    /// The claims: one line each.
    public func claimTable() -> Table {
        let format = metric.differenceFormat
        let names = claims.map { "\($0.better) > \($0.worse)" }
        // A sweep's names are too long for two of them in a line.
        let labels = names.contains { $0.count > Summary.roomForClaim } ? labels : RowLabels([])
        let columns = [
            Table.Column("claim"),
            Table.Column("difference", title: "Δ", alignment: .decimal, format: format),
            Table.Column("interval", title: "95 % interval", alignment: .right, format: format),
            Table.Column("p_holm", title: "p", alignment: .decimal, format: .probability),
            Table.Column("verdict"),
            Table.Column("reason", title: "undecided because", narrowing: .list),
        ]
        let rows = claims.map { claim in
            [
                Table.Cell.text("\(labels[claim.better]) > \(labels[claim.worse])"),
                .number(claim.comparison?.differences.mean),
                .interval(claim.comparison?.interval), .number(claim.comparison?.adjustedPValue),
                Table.Cell(.text(claim.verdict.rawValue), isEmphasized: claim.verdict != .undecided),
                .text(claim.reason),
            ]
        }
        let subtitle = [claimSubtitle, labels.explanation(reference)].compactMap { $0 }.filter { !$0.isEmpty }
        var table = Table(
            title: "Claims", subtitle: subtitle.isEmpty ? nil : subtitle.joined(separator: "; "), columns: columns,
            rows: rows)
        table.name = "\(name)-claims"
        return table
    }

    /// A claim of more letters is told by the rows' short names.
    private static let roomForClaim = 36

    /// Why p is another one than in the table of rows; nothing where as many are corrected together.
    private var claimSubtitle: String? {
        let compared = rows.count { $0.comparison != nil }
        guard !claims.isEmpty, compared != claims.count else { return nil }
        return "p is adjusted by Holm over \(counted(claims.count, "claim")), above over \(counted(compared, "row"))"
    }

    private var subtitle: String {
        let counts = rows.map(\.outcomes.count)
        let (least, most) = (counts.min() ?? seeds.count, counts.max() ?? seeds.count)
        let range = plan != nil && least < most ? "\(least) to \(most)" : "\(seeds.count)"
        let seedWord = range == "1" ? "seed" : "seeds"
        let correction = plan == nil ? "" : "corrected for repeated looks and "
        return "\(metric.title); \(range) \(seedWord); Δ is the row minus \(reference), seed by seed, with its "
            + "95 % t interval; p is \(SignFlipTest.words(pairs: most)), \(correction)adjusted by Holm"
    }

    private var legend: [String] {
        var lines: [String] = []
        if rows.contains(where: \.isBest) { lines.append("▸ best mean.") }
        lines += Comparison.legend(rows.compactMap(\.comparison), " from \(reference)")
        return lines.isEmpty ? [] : [lines.joined(separator: " ")]
    }

    private var identityColumns: [Table.Column] {
        // Where every row has all its seeds, their number stands above the table.
        let areAllDone = rows.allSatisfy { $0.count(.done) == seeds.count }
        return [
            Table.Column("row"),
            Table.Column("layout", narrowing: .list),
            Table.Column("parameters", title: "params", alignment: .right, format: .count, narrowing: .drop(2)),
            Table.Column(
                "multiply_accumulates", title: "MACs", alignment: .right, format: .count, narrowing: .drop(3)),
            Table.Column("seeds", alignment: .right, narrowing: areAllDone ? .drop(Int.min) : .keep),
        ]
    }

    private var resultColumns: [Table.Column] {
        [
            Table.Column("mean", alignment: .decimal, format: metric.format),
            Table.Column("sd", title: "± sd", alignment: .decimal, format: metric.format),
            Table.Column("difference", title: "Δ", alignment: .decimal, format: metric.differenceFormat),
            Table.Column(
                "interval", title: "95 % interval", alignment: .right, format: metric.differenceFormat),
            Table.Column("p_holm", title: "p", alignment: .decimal, format: .probability),
        ]
    }

    private static let costColumns = [
        Table.Column(
            "training_throughput", title: "train img/s", unit: "images/s", alignment: .right, format: .count,
            narrowing: .drop(8)),
        Table.Column(
            "inference_throughput", title: "infer img/s", unit: "images/s", alignment: .right, format: .count,
            narrowing: .drop(7)),
        Table.Column(
            "peak_resident_bytes", title: "memory", unit: "bytes", alignment: .right, format: .bytes,
            narrowing: .drop(6)),
        Table.Column(
            "wall_seconds", title: "time", unit: "s", alignment: .right, format: .duration, narrowing: .drop(9)),
        Table.Column("kind", isRaw: true), Table.Column("diverged", isRaw: true), Table.Column("failed", isRaw: true),
        Table.Column("best", isRaw: true),
        Table.Column("p", isRaw: true), Table.Column("pairs", isRaw: true),
        Table.Column("detectable_difference", isRaw: true),
        Table.Column("activation_bytes", unit: "bytes", isRaw: true),
    ]

    private func cells(_ row: SummaryRow, _ columns: [Table.Column]) -> [Table.Cell] {
        let isBold = row.isBest && isBestSupported
        return columns.map { column in
            switch column.name {
            case "row":
                Table.Cell(
                    .text(row.name), isEmphasized: isBold,
                    mark: (row.isBest ? " ▸" : "") + (row.count(.diverged) > 0 ? " †" : ""))
            case "mean": Table.Cell(Table.Cell.number(row.mean).value, isEmphasized: isBold)
            case "interval" where row.isReference: Table.Cell(.empty, mark: "reference")
            case "interval": .interval(row.comparison?.interval)
            case "difference":
                Table.Cell(
                    Table.Cell.number(row.comparison?.differences.mean).value, mark: row.comparison?.sign ?? "")
            default: cell(row, column.name)
            }
        }
    }

    /// Bold only where the test supports it: the best row is told apart from the reference, or, where it is the
    /// reference itself, all others are told apart from it.
    private var isBestSupported: Bool {
        guard let best = rows.first(where: \.isBest) else { return false }
        guard best.isReference else { return best.comparison?.isSeparated ?? false }
        return rows.allSatisfy { $0.isReference || $0.comparison?.isSeparated ?? false }
    }

    private func cell(_ row: SummaryRow, _ column: String) -> Table.Cell {
        switch column {
        case "layout": .text(row.layout)
        case "parameters": .integer(row.size?.parameters)
        case "multiply_accumulates": .integer(row.size?.multiplyAccumulates)
        case "seeds": Table.Cell(.fraction(row.count(.done), of: plan == nil ? seeds.count : row.outcomes.count))
        case "sd": .number(row.standardDeviation)
        case "p_holm": .number(row.comparison?.adjustedPValue)
        case "published": .number(row.published)
        case "stopped_after": .integer(stop(of: row))
        case "training_throughput": .number(row.size?.trainingThroughput)
        case "inference_throughput": .number(row.size?.inferenceThroughput)
        case "peak_resident_bytes": .integer(row.size?.peakResidentBytes)
        case "wall_seconds": .number(row.wallSeconds)
        case "kind": .text("row")
        case "diverged": .integer(row.count(.diverged))
        case "failed": .integer(row.count(.failed))
        case "best": Table.Cell(.flag(row.isBest))
        case "p": .number(row.comparison?.pValue)
        case "pairs": .integer(row.comparison?.differences.count)
        case "detectable_difference": .number(row.comparison?.detectableDifference)
        case "activation_bytes": .integer(row.size?.activationBytes)
        default: .number(row.mean(part: column))
        }
    }

    private func baselineRows(_ columns: [Table.Column]) -> [[Table.Cell]] {
        var names: [String] = []
        for baseline in baselines where !names.contains(baseline.name) { names.append(baseline.name) }
        return names.compactMap { name -> [Table.Cell]? in
            let own = baselines.filter { $0.name == name }
            let wholes = shownParts.isEmpty ? [metric.part] + parts : [metric.part]
            let cells = columns.dropFirst().map { column in
                column.name == "kind"
                    ? Table.Cell.text("baseline")
                    : Table.Cell.number(
                        (column.name == "mean" ? wholes : [column.name]).compactMap { part in
                            own.first { $0.part == part }?.value
                        }.first)
            }
            return cells.allSatisfy { $0 == .empty || $0 == .text("baseline") } ? nil : [Table.Cell.text(name)] + cells
        }
    }
}
