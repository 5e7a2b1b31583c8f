/// The rows that are worth a cost: of which no other is at least as good for no more of it.
public struct CostFront: Hashable, Sendable {
    /// What a row costs.
    public enum Cost: String, CaseIterable, Hashable, Sendable {
        case parameters
        case multiplyAccumulates = "multiply_accumulates"
        /// Seconds an image in training and in inference: the throughput's reciprocal, so that less is better.
        case trainingTime = "training_throughput"
        case inferenceTime = "inference_throughput"

        /// Whether tables have images a second instead.
        public var isTime: Bool { self == .trainingTime || self == .inferenceTime }

        /// As tables have it; nil where it was not measured, as by a build that is not optimised.
        public func measured(_ size: NetworkSize) -> Double? {
            let value: Double? =
                switch self {
                case .parameters: Double(size.parameters)
                case .multiplyAccumulates: Double(size.multiplyAccumulates)
                case .trainingTime: size.trainingThroughput
                case .inferenceTime: size.inferenceThroughput
                }
            return value.flatMap { $0 > 0 ? $0 : nil }
        }
    }

    /// Where a row stands.
    public struct Standing: Hashable, Sendable {
        public var row: String
        /// Of less is better: parameters, multiply–accumulates, seconds an image.
        public var cost: Double
        /// The same as tables have it: images a second for a time.
        public var measured: Double
        public var mean: Double
        /// Whether no other row's mean is at least as good for no more of the cost.
        public var isOnFront: Bool
        /// A row that costs no more and is better; the one with the best mean among those told apart, else of all.
        public var dominatedBy: String?
        /// Whether the two are told apart over their seeds, with Holm's correction over all pairs of rows.
        public var isDecided: Bool
    }

    public var cost: Cost
    /// Rows with a mean and a cost, cheapest first.
    public var standings: [Standing]
}

extension Summary {
    /// The front of the metric against each cost, for costs that were measured for at least two rows.
    ///
    /// Costs are taken as exact; throughput is not, and depends on what else the machine did.
    public func fronts() -> [CostFront] {
        let separated = separatedPairs()
        return CostFront.Cost.allCases.filter(isTrusted).compactMap { cost in
            let points = rows.compactMap { row -> FrontPoint? in
                guard let mean = row.mean, let measured = row.size.flatMap(cost.measured) else { return nil }
                let point = ParetoFront.Point(
                    value: metric.higherIsBetter ? mean : -mean, cost: cost.isTime ? 1 / measured : measured)
                return FrontPoint(row: row, point: point, mean: mean, measured: measured)
            }
            guard points.count > 1 else { return nil }
            let front = Set(ParetoFront.places(points.map(\.point)))
            let standings = points.enumerated().map { place, entry in
                let better = points.filter { $0.point.dominates(entry.point) }
                let certain = better.filter { separated.contains([$0.row.name, entry.row.name]) }
                let strongest = (certain.isEmpty ? better : certain).max { $0.point.value < $1.point.value }
                return CostFront.Standing(
                    row: entry.row.name, cost: entry.point.cost, measured: entry.measured, mean: entry.mean,
                    isOnFront: front.contains(place), dominatedBy: strongest?.row.name, isDecided: !certain.isEmpty)
            }
            return CostFront(cost: cost, standings: standings.sorted { $0.cost < $1.cost })
        }
    }

    private struct FrontPoint {
        var row: SummaryRow
        var point: ParetoFront.Point
        var mean, measured: Double
    }

    /// The pairs of rows that are told apart, adjusted over all pairs.
    private func separatedPairs() -> Set<Set<String>> {
        var names: [Set<String>] = []
        var comparisons: [Comparison] = []
        for left in rows.indices {
            for right in rows.indices.dropFirst(left + 1) {
                names.append([rows[left].name, rows[right].name])
                comparisons.append(Summary.difference(rows[left], rows[right], plan: plan))
            }
        }
        let adjusted = Comparison.adjusted(comparisons, detects: false)
        return Set(zip(names, adjusted).filter { $1.isSeparated }.map(\.0))
    }

    /// Which rows are on which front: one line for each row that is on any, or by which it is dominated.
    public func frontTable() -> Table? { frontTable(fronts()) }

    /// The same of fronts that are known.
    func frontTable(_ fronts: [CostFront]) -> Table? {
        guard !fronts.isEmpty else { return nil }
        let columns =
            [Table.Column("row"), Table.Column("mean", alignment: .decimal, format: metric.format)]
            + fronts.enumerated().map { order, front in
                Table.Column(front.cost.rawValue, title: front.cost.title, narrowing: .drop(order))
            }
        let rows = self.rows.filter { row in fronts.contains { $0.standings.contains { $0.row == row.name } } }
        return Table(
            title: "Pareto fronts", subtitle: "● no other row has as good a mean for no more of the cost",
            columns: columns,
            rows: rows.map { row in
                [Table.Cell.text(row.name), .number(row.mean)]
                    + fronts.map { front in
                        .text(front.standings.first { $0.row == row.name }.map(\.words))
                    }
            }, notes: ["? by the means alone: the two rows are not told apart."])
    }
}

extension CostFront.Cost {
    /// `accuracy against …`.
    public var title: String {
        switch self {
        case .parameters: "params"
        case .multiplyAccumulates: "MACs"
        case .trainingTime: "train img/s"
        case .inferenceTime: "infer img/s"
        }
    }
}

extension CostFront.Standing {
    /// `●`, `< last`, `< last ?`.
    var words: String {
        isOnFront ? "●" : "< \(dominatedBy ?? "")\(isDecided ? "" : " ?")"
    }
}
