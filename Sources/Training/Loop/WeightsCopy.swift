import Autograd

/// A copy of a network's weights and running statistics, to be given back to it.
struct WeightsCopy {
    var values: [Float]
    var states: [Float]

    /// Those that a network has now.
    init(of store: ParameterStore) {
        values = Array(UnsafeBufferPointer(start: store.values, count: store.flatCount))
        states = Array(UnsafeBufferPointer(start: store.stateValues, count: store.flatStateCount))
    }

    init(values: [Float], states: [Float]) {
        self.values = values
        self.states = states
    }

    /// Gives them to a network.
    func copy(to store: ParameterStore) {
        store.values.update(from: values, count: values.count)
        store.stateValues.update(from: states, count: states.count)
    }
}
