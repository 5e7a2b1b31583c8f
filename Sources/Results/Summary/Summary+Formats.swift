import Experiments

extension Summary {
    /// The summary as text that ends with a line break: the table, the claims with their verdicts, the notes.
    ///
    /// CSV, TSV and JSON lines hold the table alone, because they hold one kind of row; JSON holds everything, with
    /// each seed's value.
    ///
    /// - Parameter withFronts: whether the Pareto fronts have a table.
    public func render(
        _ format: TableFormat, style: TextStyle = TextStyle(), withFronts: Bool = false
    ) -> String {
        if format == .json { return json.pretty() + "\n" }
        let parts = format == .table ? shownParts : []
        return render(table(withParts: parts.isEmpty), parts: parts, format, style, withFronts)
    }

    /// The same with chosen columns in the first table; JSON then holds that table alone.
    ///
    /// - Parameter columns: names as in CSV.
    /// - Throws: ``StoreError`` for a column that the table lacks.
    public func render(
        _ format: TableFormat, style: TextStyle = TextStyle(), withFronts: Bool = false, columns: [String]
    ) throws -> String {
        render(try table().choosing(columns), parts: [], format, style, withFronts)
    }

    /// - Parameter parts: those that have a table of their own.
    private func render(
        _ table: Table, parts: [String], _ format: TableFormat, _ style: TextStyle, _ withFronts: Bool
    ) -> String {
        if [.csv, .tsv, .json, .jsonl].contains(format) { return format.render(table, style: style) }
        var main = table
        var blocks: [Table] = []
        if !parts.isEmpty { blocks.append(partTable()) }
        if !claims.isEmpty { blocks.append(claimTable()) }
        if let table = agreementTable() { blocks.append(table) }
        if format != .latex {
            if let bracket { blocks.append(bracket.table()) }
            blocks += landscapes.map { $0.table() }
        }
        if withFronts, let table = frontTable() { blocks.append(table) }
        if format != .latex, !blocks.isEmpty {
            // The notes come last; LaTeX keeps them with the table they explain.
            blocks.append(Table(columns: [], rows: [], notes: main.notes))
            main.notes = []
        }
        return ([main] + blocks).map { format.render($0, style: style) }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var json: JSONText {
        .object([
            ("schema", .integer(JSONTable.schema)),
            ("experiment", .text(name)),
            ("question", .text(question)),
            (
                "metric",
                .object([
                    ("name", .text(metric.name)), ("split", .text(metric.split)), ("part", .text(metric.part)),
                    ("unit", .text(metric.isShare ? "share of 1" : nil as String?)),
                    ("higher_is_better", .flag(metric.higherIsBetter)),
                ])
            ),
            ("reference", .text(reference)),
            ("seeds", .list(seeds.map { .integer($0) })),
            ("complete", .flag(isComplete)),
            ("rows", .list(rows.map(json))),
            ("claims", .list(claims.map(Summary.json))),
            ("agreement", agreement.map(Summary.json) ?? .null),
            ("fronts", .list(fronts().map(Summary.json))),
            ("landscapes", .list(landscapes.map(\.json))),
            ("bracket", bracket?.json ?? .null),
            (
                "looks",
                plan.map { .object([("most_pairs", .integer($0.most)), ("power", .number($0.power))]) } ?? .null
            ),
            (
                "baselines",
                .list(
                    baselines.map {
                        .object([("name", .text($0.name)), ("part", .text($0.part)), ("value", .number($0.value))])
                    })
            ),
            ("units", Summary.units),
            ("notes", .list(notes.map { .text($0) })),
        ])
    }

    private static let units = JSONText.object([
        ("wall_seconds", .text("s")), ("training_throughput", .text("images/s")),
        ("inference_throughput", .text("images/s")), ("activation_bytes", .text("bytes")),
        ("peak_resident_bytes", .text("bytes")), ("multiply_accumulates", .text("multiply–accumulates an image")),
    ])

    private func json(_ row: SummaryRow) -> JSONText {
        .object([
            ("name", .text(row.name)),
            ("layout", .text(row.layout)),
            ("axes", .list(row.axes.map { .list($0.map { .text($0) }) })),
            ("reference", .flag(row.isReference)),
            ("best", .flag(row.isBest)),
            ("mean", .number(row.mean)),
            ("sd", .number(row.standardDeviation)),
            ("mean_low", .number(row.meanInterval?.lowerBound)),
            ("mean_high", .number(row.meanInterval?.upperBound)),
            ("parts", .object(parts.map { ($0, .number(row.mean(part: $0))) })),
            ("stopped_after", .integer(stop(of: row))),
            ("difference", row.comparison?.json ?? .null),
            ("published", .number(row.published)),
            ("parameters", .integer(row.size?.parameters)),
            ("multiply_accumulates", .integer(row.size?.multiplyAccumulates)),
            ("activation_bytes", .integer(row.size?.activationBytes)),
            ("seeds", .list(row.outcomes.map(Summary.json))),
            ("peak_resident_bytes", .integer(row.size?.peakResidentBytes)),
            ("training_throughput", .number(row.size?.trainingThroughput)),
            ("inference_throughput", .number(row.size?.inferenceThroughput)),
            ("wall_seconds", .number(row.wallSeconds)),
        ])
    }

    private static func json(_ outcome: SeedOutcome) -> JSONText {
        .object([
            ("seed", .integer(outcome.seed)),
            ("state", .text(outcome.state.rawValue)),
            ("value", .number(outcome.value)),
            ("parts", .object(outcome.parts.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
            ("trial", .text(outcome.identity)),
        ])
    }

    private static func json(_ claim: ClaimResult) -> JSONText {
        .object([
            ("better", .text(claim.better)),
            ("worse", .text(claim.worse)),
            ("verdict", .text(claim.verdict.rawValue)),
            ("reason", .text(claim.reason)),
            ("difference", claim.comparison?.json ?? .null),
        ])
    }

    private static func json(_ agreement: Agreement) -> JSONText {
        .object([
            ("tau_b", .number(agreement.tau)),
            ("low", .number(agreement.interval?.lowerBound)),
            ("high", .number(agreement.interval?.upperBound)),
            ("tied", .integer(agreement.tied)),
            (
                "pairs",
                .list(
                    agreement.pairs.map { pair in
                        .object([
                            ("better", .text(pair.better)), ("worse", .text(pair.worse)),
                            ("published_difference", .number(pair.publishedDifference)),
                            ("verdict", .text(pair.verdict.rawValue)), ("reason", .text(pair.reason)),
                            ("difference", pair.comparison.json),
                        ])
                    })
            ),
        ])
    }

    private static func json(_ front: CostFront) -> JSONText {
        .object([
            ("cost", .text(front.cost.rawValue)),
            (
                "rows",
                .list(
                    front.standings.map { standing in
                        .object([
                            ("row", .text(standing.row)), ("on_front", .flag(standing.isOnFront)),
                            ("dominated_by", .text(standing.dominatedBy)), ("decided", .flag(standing.isDecided)),
                        ])
                    })
            ),
        ])
    }
}
