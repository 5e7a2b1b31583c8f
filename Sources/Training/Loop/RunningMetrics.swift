import Experiments

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Loss, accuracy and the task's own metric, added up over batches in a fixed order and in double precision.
package struct RunningMetrics: Hashable {
    /// The sum of losses over labels.
    package private(set) var loss = 0.0
    package private(set) var correct = 0
    package private(set) var labels = 0
    private let metric: TaskMetric
    private var precision = AveragePrecision()
    private var overlap = MeanOverlap()

    package init(_ metric: TaskMetric = .accuracy) {
        self.metric = metric
    }

    /// Adds a batch whose mean loss is known: what training reports.
    package mutating func add(meanLoss: Double, correct: Int, labels: Int) {
        loss += meanLoss * Double(labels)
        self.correct += correct
        self.labels += labels
    }

    /// Adds one answer: the cross-entropy of its logits with the label, and whether the highest logit is the label's.
    package mutating func add(logits: UnsafeBufferPointer<Float>, label: Int) {
        let best = highest(logits)
        var sum = 0.0
        for logit in logits {
            sum += exp(Double(logit - logits[best]))
        }
        loss += log(sum) - Double(logits[label] - logits[best])
        correct += best == label ? 1 : 0
        labels += 1
        switch metric {
        case .accuracy: break
        case .averagePrecision: precision.add(score: logits[1] - logits[0], isPositive: label == 1)
        case .meanOverlap: overlap.add(answer: logits[1] - logits[0] > MeanOverlap.threshold, target: label == 1)
        }
    }

    /// Says that the answers since the last call belong to one image.
    package mutating func endImage() {
        if metric == .meanOverlap { overlap.endImage() }
    }

    /// Adds what was measured elsewhere.
    package mutating func add(_ other: RunningMetrics) {
        loss += other.loss
        correct += other.correct
        labels += other.labels
        precision.add(other.precision)
        overlap.add(other.overlap)
    }

    /// `loss`, `accuracy` and the task's own metric as results; nothing where there was no label.
    package func metrics(_ split: Split, part: String = "") -> [Metric] {
        guard labels > 0 else { return [] }
        var metrics = [
            Metric(split, "loss", part: part, loss / Double(labels)),
            Metric(split, "accuracy", part: part, Double(correct) / Double(labels)),
        ]
        if let own { metrics.append(Metric(split, metric.rawValue, part: part, own)) }
        return metrics
    }

    /// The task's own metric; nil where there is none, or nothing to measure it on.
    private var own: Double? {
        switch metric {
        case .accuracy: nil
        case .averagePrecision: precision.value
        case .meanOverlap: overlap.value
        }
    }
}

/// The place of the highest number, the first of equals. A number that is none never is.
func highest(_ values: UnsafeBufferPointer<Float>) -> Int {
    var best = 0
    for index in values.indices where values[index] > values[best] {
        best = index
    }
    return best
}
