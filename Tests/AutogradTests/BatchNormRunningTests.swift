import Autograd
import Testing

@Suite struct BatchNormRunningTests {
    /// mean, unbiased variance and momentum 0.1, as in PyTorch: from 0 and 1 after one batch of 1, 2, 4, 9.
    @Test func runningAveragesMoveByTheMomentum() {
        let store = ParameterStore()
        let scope = ParameterScope(store)
        let mean = scope.state("running_mean", [1], initialValue: 0)
        let variance = scope.state("running_var", [1], initialValue: 1)
        let weight = scope.parameter("weight", [1], .constant(1))
        let bias = scope.parameter("bias", [1], .constant(0))
        store.materialize(seed: 0)
        let tape = Tape(mode: .training, parallel: Parallel(threads: 1), pool: BufferPool())
        let x = tape.input([4, 1])
        x.pointer.update(from: [1, 2, 4, 9], count: 4)
        _ = batchNorm(
            x, weight: weight.tensor, bias: bias.tensor, runningMean: mean, runningVariance: variance, epsilon: 1e-5)
        #expect(abs(mean.values[0] - 0.4) < 1e-6)
        #expect(abs(variance.values[0] - (0.9 + 0.1 * 38 / 3)) < 1e-5)
    }

    @Test func inferenceLeavesTheRunningAveragesAlone() {
        let store = ParameterStore()
        let scope = ParameterScope(store)
        let mean = scope.state("running_mean", [2], initialValue: 0.5)
        let variance = scope.state("running_var", [2], initialValue: 2)
        let weight = scope.parameter("weight", [2], .constant(1))
        let bias = scope.parameter("bias", [2], .constant(0))
        store.materialize(seed: 0)
        let tape = Tape(mode: .inference, parallel: Parallel(threads: 1), pool: BufferPool())
        let x = tape.input([3, 2])
        x.pointer.update(from: [1, 2, 3, 4, 5, 6], count: 6)
        let y = batchNorm(
            x, weight: weight.tensor, bias: bias.tensor, runningMean: mean, runningVariance: variance, epsilon: 0)
        #expect(mean.values == [0.5, 0.5] && variance.values == [2, 2])
        #expect(abs(y.values[5] - 5.5 / Float(2).squareRoot()) < 1e-6)
    }
}
