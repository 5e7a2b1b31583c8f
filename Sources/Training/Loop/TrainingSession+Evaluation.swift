import Autograd
import Experiments

extension TrainingSession {
    /// The metrics of the validation and test examples, the test's parts each alone as well; with the average's weights
    /// where there is an average.
    func evaluate() -> [Metric] {
        average?.exchange(with: network.store)
        defer { average?.exchange(with: network.store) }
        var metrics: [Metric] = []
        if dataset.count(.validation) > 0 {
            metrics += evaluate(.validation, 0..<dataset.count(.validation)).whole.metrics(.validation)
        }
        var parts = dataset.testParts[...]
        guard !parts.isEmpty else {
            return metrics + evaluate(.test, 0..<dataset.count(.test)).whole.metrics(.test)
        }
        var whole = RunningMetrics(dataset.metric)
        // Parts over the same examples are measured in one pass.
        while let range = parts.first?.range {
            let together = Array(parts.prefix { $0.range == range })
            parts = parts.dropFirst(together.count)
            let measured = evaluate(.test, range, parts: together)
            whole.add(measured.whole)
            for (part, own) in zip(together, measured.parts) {
                metrics += own.metrics(.test, part: part.name)
            }
        }
        return metrics + whole.metrics(.test)
    }

    private typealias Measured = (whole: RunningMetrics, parts: [RunningMetrics])

    private func evaluate(_ split: Split, _ range: Range<Int>, parts: [DataPart] = []) -> Measured {
        var whole = RunningMetrics(dataset.metric)
        var alone = parts.map { _ in RunningMetrics(dataset.metric) }
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
            add(logits, places: nil, to: &whole)
            for (index, part) in parts.enumerated() where part.places != nil {
                add(logits, places: part.places, to: &alone[index])
            }
        }
        // A part of all places is the whole of its examples.
        for (index, part) in parts.enumerated() where part.places == nil {
            alone[index] = whole
        }
        return (whole, alone)
    }

    /// Adds the answers of the batch at some places of its label grid, or at all.
    private func add(_ logits: Tensor, places: Range<Int>?, to measured: inout RunningMetrics) {
        let (classes, perExample) = (dataset.task.classes, dataset.task.labelsPerExample)
        for example in 0..<batch.count {
            for place in places ?? 0..<perExample {
                let row = example * perExample + place
                guard batch.labels[row] >= 0 else { continue }
                measured.add(
                    logits: UnsafeBufferPointer(start: logits.pointer + row * classes, count: classes),
                    label: Int(batch.labels[row]))
            }
            measured.endImage()
        }
    }
}
