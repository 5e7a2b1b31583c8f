/// What a comparison of two rows says, and what it cannot say, in sentences.
struct ComparisonNotes {
    private let comparison: Comparison
    private let metric: SummaryMetric
    private let names: [String]

    init(_ comparison: Comparison, _ metric: SummaryMetric, _ names: [String]) {
        self.comparison = comparison
        self.metric = metric
        self.names = names
    }

    var all: [String] { numbers + looks + verdict + detectable }

    private var numbers: [String] {
        guard let mean = comparison.differences.mean, let p = comparison.pValue else {
            return ["No seed has a result in both."]
        }
        let format = metric.differenceFormat
        let interval = comparison.interval.map { range in
            ", 95 % t interval [\(signed(format.text(range.lowerBound))), \(signed(format.text(range.upperBound)))]"
        }
        let unit = metric.isShare ? " points" : ""
        return [
            "Δ \(signed(format.text(mean)))\(unit)\(interval ?? ""), sign-flip p = \(NumberFormat.probability.text(p))."
        ]
    }

    private var looks: [String] {
        guard let plan = comparison.plan else { return [] }
        return ["p is corrected for a look after every pair, up to \(plan.most)."]
    }

    private var verdict: [String] {
        guard let mean = comparison.differences.mean else { return [] }
        if let reach = Comparison.outOfReach([comparison]) { return [reach] }
        if let reason = Verdict.of(comparison, higherIsBetter: metric.higherIsBetter).reason {
            return ["Not told apart: \(reason)."]
        }
        let isBetter = (mean > 0) == metric.higherIsBetter
        return ["Told apart: \(names[isBetter ? 0 : 1]) is better (p below 0.05, interval without 0)."]
    }

    private var detectable: [String] {
        guard let size = comparison.detectableDifference, size > 0 else { return [] }
        return ["A true difference is found four times in five if it is at least \(metric.words(size))."]
    }

    private func signed(_ text: String) -> String { CellText.minusSigned(text) }
}
