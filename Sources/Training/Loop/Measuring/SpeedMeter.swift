import Experiments

/// Collects how long equal pieces of work took, and says how many images a second that is.
package struct SpeedMeter {
    /// The first pieces are slower: memory is asked for, caches are cold.
    package static let warmup = 3

    let imagesPerPiece: Int
    private let warmup: Int
    private var seen = 0
    private var rates: [Double] = []

    package init(imagesPerPiece: Int, warmup: Int = SpeedMeter.warmup) {
        self.imagesPerPiece = imagesPerPiece
        self.warmup = warmup
    }

    /// Whether anything was measured beyond the warm-up.
    var isEmpty: Bool { rates.isEmpty }

    package mutating func add(seconds: Double) {
        seen += 1
        if seen > warmup, seconds > 0 {
            rates.append(Double(imagesPerPiece) / seconds)
        }
    }

    /// Images a second: the median, the lowest and the highest of all pieces behind the warm-up. A debug build says
    /// nothing: zeros, no repeats.
    package var throughput: Measurement.Throughput {
        #if DEBUG
            Measurement.Throughput(median: 0, minimum: 0, maximum: 0, repeats: 0)
        #else
            summary
        #endif
    }

    /// The same, whatever the build.
    package var summary: Measurement.Throughput {
        let sorted = rates.sorted()
        guard let lowest = sorted.first, let highest = sorted.last else {
            return Measurement.Throughput(median: 0, minimum: 0, maximum: 0, repeats: 0)
        }
        let middle = sorted.count / 2
        let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        return Measurement.Throughput(median: median, minimum: lowest, maximum: highest, repeats: sorted.count)
    }
}
