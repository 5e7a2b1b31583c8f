import Autograd

/// A store with one decayed and one plain parameter, and gradients that a tape brings there.
struct OptimizerSample {
    let store = ParameterStore()
    let parameters: [Parameter]
    let parallel: Parallel

    init(threads: Int = 1, weight: Initializer = .uniform(bound: 1), shape: Shape = [5, 7]) {
        let scope = ParameterScope(store)
        parameters = [
            scope.parameter("weight", shape, weight), scope.parameter("norm", [9], .constant(0.5)),
        ]
        store.materialize(seed: 3)
        parallel = Parallel(threads: threads)
    }

    /// Lets made-up gradients arrive at the parameters, all but those left out.
    func setGradients(step: Int, leavingOut omitted: String? = nil) {
        store.clearGradients()
        let tape = Tape(mode: .training, parallel: parallel, pool: BufferPool())
        for parameter in parameters where parameter.name != omitted {
            let x = tape.input(parameter.shape)
            x.pointer.update(repeating: 0, count: parameter.shape.count)
            tape.backward(x + parameter.tensor, gradient: gradient(parameter, step: step))
        }
    }

    func gradient(_ parameter: Parameter, step: Int) -> [Float] {
        (0..<parameter.shape.count).map { Float((($0 + parameter.name.count) * (step + 3)) % 11) / 5 - 1 }
    }
}

/// The formula of an optimizer in double precision, over each parameter alone.
struct AdamTwin {
    var values: [[Double]]
    private var first, second: [[Double]]
    private var step = 0
    let beta1 = 0.8
    let beta2 = 0.9
    let epsilon = 1e-6

    init(_ sample: OptimizerSample) {
        values = sample.parameters.map { $0.tensor.values.map(Double.init) }
        first = values.map { $0.map { _ in 0 } }
        second = first
    }

    /// Moves the moments on; returns the corrected direction u of each parameter.
    mutating func directions(_ gradients: [[Double]]) -> [[Double]] {
        step += 1
        var result = values
        for i in values.indices {
            for j in values[i].indices {
                let g = gradients[i][j]
                first[i][j] = beta1 * first[i][j] + (1 - beta1) * g
                second[i][j] = beta2 * second[i][j] + (1 - beta2) * g * g
                let v = second[i][j] / (1 - power(beta2, step))
                result[i][j] = first[i][j] / (1 - power(beta1, step)) / (v.squareRoot() + epsilon)
            }
        }
        return result
    }

    /// The largest difference to the values of a store.
    func error(_ sample: OptimizerSample) -> Double {
        let actual = sample.parameters.flatMap(\.tensor.values)
        return zip(actual, values.joined()).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
    }

    private func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }
}

/// The Euclidean norm.
func norm(_ values: some Sequence<Double>) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
}
