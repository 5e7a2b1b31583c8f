import Kernels

/// The exponential moving average of a network's parameters and running statistics, updated after every step.
///
/// a ← a + (1 − d)·(w − a), from the initial values on, without a warm-up, as in MambaVision's training.
public final class WeightAverage {
    public let decay: Float
    public private(set) var values: [Float]
    public private(set) var states: [Float]

    /// An average that begins at the network's present values.
    public init(of store: ParameterStore, decay: Double) {
        self.decay = Float(decay)
        values = Array(UnsafeBufferPointer(start: store.values, count: store.flatCount))
        states = Array(UnsafeBufferPointer(start: store.stateValues, count: store.flatStateCount))
    }

    public func update(from store: ParameterStore) {
        WeightAverage.blend(&values, store.values, decay)
        WeightAverage.blend(&states, store.stateValues, decay)
    }

    /// Exchanges the average with the network's values: once before an evaluation, once after.
    public func exchange(with store: ParameterStore) {
        WeightAverage.exchange(&values, store.values)
        WeightAverage.exchange(&states, store.stateValues)
    }

    /// Goes on from saved numbers.
    public func restore(values: [Float], states: [Float]) {
        precondition(
            values.count == self.values.count && states.count == self.states.count, "another network's average")
        self.values = values
        self.states = states
    }

    private static func blend(_ average: inout [Float], _ source: UnsafeMutablePointer<Float>, _ decay: Float) {
        average.withUnsafeMutableBufferPointer { average in
            guard let first = average.baseAddress else { return }
            ElementwiseKernel.average(FloatPointer(source), rate: 1 - decay, count: average.count, into: first)
        }
    }

    private static func exchange(_ average: inout [Float], _ source: UnsafeMutablePointer<Float>) {
        average.withUnsafeMutableBufferPointer { average in
            for index in average.indices {
                (average[index], source[index]) = (source[index], average[index])
            }
        }
    }
}
