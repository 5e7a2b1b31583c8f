import Experiments

extension RowComparison {
    /// The comparison as text that ends with a line break.
    ///
    /// CSV, TSV and JSON lines have one line a seed; JSON has everything.
    public func render(_ format: TableFormat, style: TextStyle = TextStyle()) -> String {
        switch format {
        case .csv, .tsv, .jsonl: format.render(Table(columns: columns, rows: pairs.map(cells)))
        case .json: json.pretty() + "\n"
        case .table, .markdown, .latex: format.render(table, style: style)
        }
    }

    private var columns: [Table.Column] {
        [
            .init("seed", alignment: .right),
            .init("first", title: names[0], alignment: .decimal, format: metric.format),
            .init("second", title: names[1], alignment: .decimal, format: metric.format),
            .init("difference", title: "Δ", alignment: .decimal, format: metric.differenceFormat),
        ]
    }

    private func cells(_ pair: Pair) -> [Table.Cell] {
        [.integer(pair.seed), .number(pair.first), .number(pair.second), .number(pair.difference)]
    }

    private var table: Table {
        let (differences, values) = (comparison.differences, sharedValues)
        let ends: [[Table.Cell]] = [
            [
                .text("mean"), .number(Moments.mean(values[0])), .number(Moments.mean(values[1])),
                Table.Cell(Table.Cell.number(differences.mean).value, isEmphasized: comparison.isSeparated),
            ],
            [
                .text("± sd"), .number(Moments.standardDeviation(values[0])),
                .number(Moments.standardDeviation(values[1])),
                // A deviation has no sign.
                .text(differences.standardDeviation.map(metric.format.text)),
            ],
        ]
        let experiments = Set(selections.map(\.experiment)).count == 1 ? "\(selections[0].experiment); " : ""
        let count = comparison.differences.count
        return Table(
            title: "\(names[0]) minus \(names[1])",
            subtitle: "\(experiments)\(metric.title); \(counted(count, "pair")) of seeds",
            columns: columns, rows: pairs.map(cells) + ends,
            notes: ComparisonNotes(comparison, metric, names).all + looks + missing + settings)
    }

    private var looks: [String] {
        guard isLookedAtRepeatedly else { return [] }
        return ["One of the experiments added seeds after looks (--until-decided); p is not corrected for that here."]
    }

    private var missing: [String] {
        let seeds = pairs.filter { $0.difference == nil }.map { String($0.seed) }
        guard !seeds.isEmpty else { return [] }
        return [
            "Without a pair, because a result is missing: \(seeds.count == 1 ? "seed" : "seeds") "
                + "\(seeds.joined(separator: ", "))."
        ]
    }

    private var settings: [String] {
        guard !differences.isEmpty else { return ["They are the same layout with the same settings."] }
        let words = differences.map { "\($0.path) \($0.first ?? "none") against \($0.second ?? "none")" }
        return ["They differ in \(words.joined(separator: "; "))."]
    }

    private var json: JSONText {
        .object([
            ("schema", .integer(JSONTable.schema)),
            (
                "rows",
                .list(
                    selections.map {
                        .object([("experiment", .text($0.experiment)), ("row", .text($0.row))])
                    })
            ),
            ("layouts", .list([.text(first.layout), .text(second.layout)])),
            (
                "metric",
                .object([
                    ("name", .text(metric.name)), ("split", .text(metric.split)), ("part", .text(metric.part)),
                    ("higher_is_better", .flag(metric.higherIsBetter)),
                ])
            ),
            ("means", .list(sharedValues.map { .number(Moments.mean($0)) })),
            ("sds", .list(sharedValues.map { .number(Moments.standardDeviation($0)) })),
            ("difference", comparison.json),
            (
                "seeds",
                .list(
                    pairs.map {
                        .object([
                            ("seed", .integer($0.seed)), ("first", .number($0.first)), ("second", .number($0.second)),
                            ("difference", .number($0.difference)),
                        ])
                    })
            ),
            (
                "settings",
                .list(
                    differences.map {
                        .object([("path", .text($0.path)), ("first", .text($0.first)), ("second", .text($0.second))])
                    })
            ),
        ])
    }
}

extension Comparison {
    var json: JSONText {
        .object([
            ("pairs", .integer(differences.count)), ("mean", .number(differences.mean)),
            ("sd", .number(differences.standardDeviation)), ("low", .number(interval?.lowerBound)),
            ("high", .number(interval?.upperBound)), ("p", .number(pValue)), ("p_holm", .number(adjustedPValue)),
            ("smallest_possible_p_holm", .number(smallestPossiblePValue)),
            ("detectable", .number(detectableDifference)),
        ])
    }
}
