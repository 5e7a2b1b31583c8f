import Autograd
import Testing

/// Each optimizer against its formula in double precision.
@Suite struct OptimizerTests {
    /// A store with one decayed and one plain parameter, with made-up gradients.
    static func store() -> (ParameterStore, Parameter, Parameter) {
        let store = ParameterStore()
        let scope = ParameterScope(store)
        let weight = scope.parameter("weight", [5, 7], .uniform(bound: 1))
        let bias = scope.parameter("norm", [9], .constant(0.5))
        store.materialize(seed: 3)
        return (store, weight, bias)
    }

    static func setGradients(_ store: ParameterStore, step: Int) {
        for index in 0..<store.flatCount {
            let isGap = (35..<48).contains(index) || index >= 57
            store.gradients[index] = isGap ? 0 : Float(((index + 1) * (step + 3)) % 11) / 5 - 1
        }
    }

    static func values(_ store: ParameterStore) -> [Double] {
        (0..<store.flatCount).map { Double(store.values[$0]) }
    }

    @Test func adamWFollowsItsFormula() {
        let (store, _, _) = OptimizerTests.store()
        let optimizer = AdamW(store, beta1: 0.8, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.1)
        let parallel = Parallel(threads: 2)
        var p = OptimizerTests.values(store)
        var (m, v) = ([Double](repeating: 0, count: p.count), [Double](repeating: 0, count: p.count))
        for t in 1...4 {
            OptimizerTests.setGradients(store, step: t)
            for i in p.indices {
                let g = Double(store.gradients[i]) * 0.5
                m[i] = 0.8 * m[i] + 0.2 * g
                v[i] = 0.9 * v[i] + 0.1 * g * g
                let u = m[i] / (1 - power(0.8, t)) / ((v[i] / (1 - power(0.9, t))).squareRoot() + 1e-6)
                p[i] -= 0.01 * ((i < 35 ? 0.1 : 0) * p[i] + u)
            }
            let norm = store.gradientNorm(parallel)
            optimizer.step(learningRate: 0.01, gradientNorm: norm, gradientScale: 0.5, parallel: parallel)
        }
        #expect(zip(p, OptimizerTests.values(store)).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(optimizer.steps == 4)
    }

    @Test func lambFollowsItsFormula() {
        let (store, _, _) = OptimizerTests.store()
        let optimizer = Lamb(store, beta1: 0.8, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.1)
        let parallel = Parallel(threads: 1)
        var p = OptimizerTests.values(store)
        var (m, v) = ([Double](repeating: 0, count: p.count), [Double](repeating: 0, count: p.count))
        for t in 1...3 {
            OptimizerTests.setGradients(store, step: t)
            let gradients = (0..<p.count).map { Double(store.gradients[$0]) }
            let norm = gradients.reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(abs(norm - store.gradientNorm(parallel)) < 1e-5 && norm > 1)
            let u = p.indices.map { i -> Double in
                let g = gradients[i] / norm
                m[i] = 0.8 * m[i] + 0.2 * g
                v[i] = 0.9 * v[i] + 0.1 * g * g
                return m[i] / (1 - power(0.8, t)) / ((v[i] / (1 - power(0.9, t))).squareRoot() + 1e-6)
                    + (i < 35 ? 0.1 : 0) * p[i]
            }
            let ratio =
                (0..<35).reduce(0) { $0 + p[$1] * p[$1] }.squareRoot()
                / (0..<35).reduce(0) { $0 + u[$1] * u[$1] }.squareRoot()
            for i in p.indices {
                p[i] -= 0.01 * (i < 35 ? ratio : 1) * u[i]
            }
            optimizer.step(learningRate: 0.01, gradientNorm: norm, gradientScale: 1, parallel: parallel)
        }
        #expect(zip(p, OptimizerTests.values(store)).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test func savedStateGoesOnWithTheSameBits() {
        func run(interrupted: Bool) -> [Float] {
            let (store, _, _) = OptimizerTests.store()
            var optimizer = AdamW(store, weightDecay: 0.05)
            let parallel = Parallel(threads: 1)
            for t in 1...6 {
                if interrupted, t == 4 {
                    let next = AdamW(store, weightDecay: 0.05)
                    for (old, new) in zip(optimizer.stateArrays, next.stateArrays) {
                        new.pointer.update(from: old.pointer, count: old.count)
                    }
                    next.steps = optimizer.steps
                    optimizer = next
                }
                OptimizerTests.setGradients(store, step: t)
                optimizer.step(learningRate: 0.01, gradientNorm: 1, gradientScale: 1, parallel: parallel)
            }
            return (0..<store.flatCount).map { store.values[$0] }
        }
        #expect(run(interrupted: true) == run(interrupted: false))
    }

    private func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }
}
