import Autograd
import Testing

@Suite struct WeightAverageTests {
    @Test func followsValuesAndStates() {
        let (store, weight, state) = network()
        let average = WeightAverage(of: store, decay: 0.9)
        var expected = (weight: weight.tensor.values.map(Double.init), state: [Double](repeating: 2, count: 5))
        for step in 1...4 {
            for i in 0..<20 { weight.tensor.pointer[i] += Float(step) * 0.1 }
            for i in 0..<5 { state.pointer[i] -= 0.5 }
            average.update(from: store)
            for i in 0..<20 { expected.weight[i] += 0.1 * (Double(weight.tensor.values[i]) - expected.weight[i]) }
            for i in 0..<5 { expected.state[i] += 0.1 * (Double(state.values[i]) - expected.state[i]) }
        }
        average.exchange(with: store)
        #expect(zip(weight.tensor.values, expected.weight).allSatisfy { abs(Double($0) - $1) < 1e-6 })
        #expect(zip(state.values, expected.state).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    }

    @Test func exchangingTwiceChangesNothing() {
        let (store, weight, state) = network()
        let average = WeightAverage(of: store, decay: 0.5)
        weight.tensor.pointer[3] = 9
        state.pointer[1] = 8
        average.update(from: store)
        let before = (weight.tensor.values, state.values, average.values, average.states)
        average.exchange(with: store)
        #expect(weight.tensor.values != before.0 && state.values != before.1)
        average.exchange(with: store)
        #expect((weight.tensor.values, state.values, average.values, average.states) == before)
    }

    @Test func goesOnFromSavedNumbers() {
        let (store, weight, _) = network()
        let first = WeightAverage(of: store, decay: 0.9)
        weight.tensor.pointer[0] = 5
        first.update(from: store)
        let second = WeightAverage(of: store, decay: 0.9)
        second.restore(values: first.values, states: first.states)
        weight.tensor.pointer[0] = -3
        first.update(from: store)
        second.update(from: store)
        #expect(first.values == second.values && first.states == second.states)
    }

    private func network() -> (ParameterStore, Parameter, StateArray) {
        let store = ParameterStore()
        let scope = ParameterScope(store)
        let weight = scope.parameter("weight", [4, 5], .uniform(bound: 1))
        let state = scope.state("running_mean", [5], initialValue: 2)
        store.materialize(seed: 1)
        return (store, weight, state)
    }
}
