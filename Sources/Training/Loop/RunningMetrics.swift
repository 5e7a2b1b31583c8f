import Experiments

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Loss and accuracy, added up over batches in a fixed order and in double precision.
package struct RunningMetrics: Hashable {
    /// The sum of losses over labels.
    package private(set) var loss = 0.0
    package private(set) var correct = 0
    package private(set) var labels = 0

    package init() {}

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
    }

    /// Adds what was measured elsewhere.
    package mutating func add(_ other: RunningMetrics) {
        loss += other.loss
        correct += other.correct
        labels += other.labels
    }

    /// `loss` and `accuracy` as results; nothing where there was no label.
    package func metrics(_ split: Split, part: String = "") -> [Metric] {
        guard labels > 0 else { return [] }
        return [
            Metric(split, "loss", part: part, loss / Double(labels)),
            Metric(split, "accuracy", part: part, Double(correct) / Double(labels)),
        ]
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
