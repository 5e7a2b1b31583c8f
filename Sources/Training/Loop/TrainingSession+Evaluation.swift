import Autograd
import Experiments

extension TrainingSession {
    /// Loss and accuracy on the validation and test examples, the test's parts each alone as well; with the average's
    /// weights where there is an average.
    func evaluate() -> [Metric] {
        average?.exchange(with: network.store)
        defer { average?.exchange(with: network.store) }
        var metrics: [Metric] = []
        if dataset.count(.validation) > 0 {
            metrics += evaluate(.validation, 0..<dataset.count(.validation)).metrics(.validation)
        }
        guard !dataset.testParts.isEmpty else {
            return metrics + evaluate(.test, 0..<dataset.count(.test)).metrics(.test)
        }
        var whole = RunningMetrics()
        for part in dataset.testParts {
            let measured = evaluate(.test, part.range)
            whole.add(measured)
            metrics += measured.metrics(.test, part: part.name)
        }
        return metrics + whole.metrics(.test)
    }

    private func evaluate(_ split: Split, _ range: Range<Int>) -> RunningMetrics {
        var measured = RunningMetrics()
        func request(from start: Int) -> BatchRequest {
            .examples(split, start..<min(start + batch.capacity, range.upperBound))
        }
        for start in stride(from: range.lowerBound, to: range.upperBound, by: batch.capacity) {
            let following = start + batch.capacity
            let stopwatch = Stopwatch()
            let batch = feed.take(
                request(from: start), next: following < range.upperBound ? request(from: following) : nil)
            let tape = Tape(mode: .inference, parallel: parallel, pool: pool)
            let logits = network(input(on: tape))
            if batch.count == batch.capacity {
                inferenceSpeed.add(seconds: stopwatch.seconds)
            }
            add(logits, to: &measured)
        }
        return measured
    }

    private func add(_ logits: Tensor, to measured: inout RunningMetrics) {
        let classes = dataset.task.classes
        for place in 0..<batch.count * dataset.task.labelsPerExample where batch.labels[place] >= 0 {
            measured.add(
                logits: UnsafeBufferPointer(start: logits.pointer + place * classes, count: classes),
                label: Int(batch.labels[place]))
        }
    }
}
