import Autograd
import Testing

/// Each optimizer against its formula in double precision.
@Suite struct OptimizerTests {
    @Test(arguments: [DecayedParameters.matrices, .all])
    func adamWFollowsItsFormula(_ decayed: DecayedParameters) throws {
        let sample = OptimizerSample(threads: 2)
        let optimizer = AdamW(
            sample.store, beta1: 0.8, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.1, decayed: decayed)
        var twin = AdamTwin(sample)
        for t in 1...6 {
            sample.setGradients(step: t)
            let u = twin.directions(gradients(sample, t).map { $0.map { 0.5 * $0 } })
            for i in u.indices {
                let decay = i == 0 || decayed == .all ? 0.1 : 0
                for j in u[i].indices {
                    twin.values[i][j] -= 0.01 * (decay * twin.values[i][j] + u[i][j])
                }
            }
            try optimizer.step(learningRate: 0.01, gradientNorm: 1, gradientScale: 0.5, parallel: sample.parallel)
        }
        #expect(twin.error(sample) < 1e-6)
        #expect(optimizer.steps == 6)
    }

    @Test(arguments: [Initializer.uniform(bound: 1), .constant(0)])
    func lambFollowsItsFormula(_ weight: Initializer) throws {
        let sample = OptimizerSample(weight: weight)
        let optimizer = Lamb(sample.store, beta1: 0.8, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.1)
        var twin = AdamTwin(sample)
        for t in 1...5 {
            sample.setGradients(step: t)
            let all = gradients(sample, t)
            let whole = norm(all.joined())
            #expect(abs(whole - sample.store.gradientNorm(sample.parallel)) < 1e-6 && whole > 1)
            var u = twin.directions(all.map { $0.map { $0 / whole } })
            u[0] = zip(u[0], twin.values[0]).map { $0 + 0.1 * $1 }
            let norms = (norm(twin.values[0]), norm(u[0]))
            let ratio = norms.0 == 0 || norms.1 == 0 ? 1 : norms.0 / norms.1
            for i in u.indices {
                for j in u[i].indices {
                    twin.values[i][j] -= 0.01 * (i == 0 ? ratio : 1) * u[i][j]
                }
            }
            try optimizer.step(learningRate: 0.01, gradientNorm: whole, gradientScale: 1, parallel: sample.parallel)
        }
        #expect(twin.error(sample) < 1e-6)
    }

    @Test func aParameterWithoutGradientIsNamedAndNothingMoves() {
        let sample = OptimizerSample()
        for optimizer: any Optimizer in [AdamW(sample.store), Lamb(sample.store)] {
            sample.setGradients(step: 1, leavingOut: "norm")
            let before = sample.parameters.map(\.tensor.values)
            do {
                try optimizer.step(learningRate: 1, gradientNorm: 1, gradientScale: 1, parallel: sample.parallel)
                Issue.record("a step without a gradient was taken")
            } catch {
                #expect(error.names == ["norm"])
            }
            #expect(sample.parameters.map(\.tensor.values) == before)
            #expect(optimizer.steps == 0)
        }
    }

    @Test(arguments: [false, true])
    func savedStateGoesOnWithTheSameBits(_ isLamb: Bool) throws {
        func make(_ store: ParameterStore) -> any Optimizer {
            isLamb ? Lamb(store, weightDecay: 0.05) : AdamW(store, weightDecay: 0.05)
        }
        func run(interrupted: Bool) throws -> [[Float]] {
            let sample = OptimizerSample()
            var optimizer = make(sample.store)
            for t in 1...6 {
                if interrupted, t == 4 {
                    let next = make(sample.store)
                    for (old, new) in zip(optimizer.stateArrays, next.stateArrays) {
                        new.pointer.update(from: old.pointer, count: old.count)
                    }
                    next.steps = optimizer.steps
                    optimizer = next
                }
                sample.setGradients(step: t)
                try optimizer.step(learningRate: 0.01, gradientNorm: 1, gradientScale: 1, parallel: sample.parallel)
            }
            return sample.parameters.map(\.tensor.values)
        }
        let (resumed, whole) = (try run(interrupted: true), try run(interrupted: false))
        #expect(resumed == whole)
    }

    @Test func bitsDoNotDependOnThreads() throws {
        func run(threads: Int, isLamb: Bool) throws -> (Double, [[Float]]) {
            let sample = OptimizerSample(threads: threads, shape: [300, 301])
            let optimizer: any Optimizer = isLamb ? Lamb(sample.store, weightDecay: 0.1) : AdamW(sample.store)
            sample.setGradients(step: 1)
            let norm = sample.store.gradientNorm(sample.parallel)
            try optimizer.step(learningRate: 0.1, gradientNorm: norm, gradientScale: 1, parallel: sample.parallel)
            return (norm, sample.parameters.map(\.tensor.values))
        }
        for isLamb in [false, true] {
            let (one, three) = (try run(threads: 1, isLamb: isLamb), try run(threads: 3, isLamb: isLamb))
            #expect(one.0 == three.0 && one.1 == three.1)
        }
    }

    private func gradients(_ sample: OptimizerSample, _ step: Int) -> [[Double]] {
        sample.parameters.map { sample.gradient($0, step: step).map(Double.init) }
    }
}
