import Autograd
import Randomness
import Testing

@Suite struct OperationTests {
    @Test(arguments: operationCases)
    func forwardEqualsTwin(_ test: OperationCase) {
        let inputs = test.drawInputs()
        let expected = test.twin(inputs.map { $0.map(Double.init) })
        let actual = run(test, inputs, threads: 1).outputs
        #expect(actual.count == expected.count)
        for (a, e) in zip(actual, expected) {
            #expect(relativeError(a, e) <= test.tolerance)
        }
    }

    @Test(arguments: operationCases)
    func gradientsEqualCentralDifferences(_ test: OperationCase) {
        let inputs = test.drawInputs()
        let result = run(test, inputs, threads: 1)
        for index in inputs.indices {
            let places = sampledPlaces(of: index, test)
            let expected = centralDifferences(test, inputs, of: index, at: places, upstream: result.upstream)
            let actual = places.map { result.gradients[index][$0] }
            #expect(relativeError(actual, expected) <= test.gradientTolerance, "input \(index)")
        }
    }

    @Test(arguments: operationCases)
    func gradientsOfTwoUsesAddUp(_ test: OperationCase) {
        let inputs = test.drawInputs()
        let once = run(test, inputs, threads: 1)
        let twice = run(test, inputs, threads: 1, uses: 2)
        for index in inputs.indices {
            #expect(relativeError(twice.gradients[index], once.gradients[index].map { 2 * Double($0) }) <= 1e-5)
        }
    }

    @Test(arguments: operationCases)
    func bitsDoNotDependOnThreads(_ test: OperationCase) {
        let inputs = test.drawInputs()
        let one = run(test, inputs, threads: 1)
        let three = run(test, inputs, threads: 3)
        #expect(one.outputs.map { $0.map(\.bitPattern) } == three.outputs.map { $0.map(\.bitPattern) })
        #expect(one.gradients.map { $0.map(\.bitPattern) } == three.gradients.map { $0.map(\.bitPattern) })
    }
}

private struct Run {
    var outputs: [[Float]]
    var gradients: [[Float]]
    var upstream: [[Double]]
}

/// Forward and backward with a random upstream gradient. With two uses the operation is applied twice to the same inputs.
private func run(_ test: OperationCase, _ inputs: [[Float]], threads: Int, uses: Int = 1) -> Run {
    let tape = Tape(
        mode: test.isTraining ? .training : .inference, parallel: Parallel(threads: threads), pool: BufferPool())
    let tensors = zip(test.inputs, inputs).map { shape, values in
        let tensor = tape.input(shape, requiresGradient: true)
        tensor.pointer.update(from: values, count: values.count)
        return tensor
    }
    var outputs: [Tensor] = []
    for _ in 0..<uses {
        outputs += test.apply(tensors)
    }
    let single = outputs.count / uses
    let upstream = outputs.enumerated().map { index, output in
        var generator = RandomKey(seed: 8)[test.name][index % single].generator
        return (0..<output.shape.count).map { _ in Float(generator.normal()) }
    }
    let values = outputs.map(\.values)
    if test.isTraining {
        tape.backward(zip(outputs, upstream).map { (tensor: $0, gradient: $1) })
    }
    let gradients = tensors.map { $0.gradient ?? [Float](repeating: 0, count: $0.shape.count) }
    return Run(outputs: values, gradients: gradients, upstream: upstream.prefix(single).map { $0.map(Double.init) })
}

/// Up to 48 places of an input, all of them where there are no more.
private func sampledPlaces(of index: Int, _ test: OperationCase) -> [Int] {
    var generator = RandomKey(seed: 9)[test.name][index].generator
    let count = test.inputs[index].count
    return count <= 48 ? Array(0..<count) : generator.sample(48, of: count)
}

/// d(Σ outputs · upstream)/d input at some places, by central differences of the twin.
private func centralDifferences(
    _ test: OperationCase, _ inputs: [[Float]], of index: Int, at places: [Int], upstream: [[Double]]
) -> [Double] {
    guard test.isTraining else { return places.map { _ in 0 } }
    var point = inputs.map { $0.map(Double.init) }
    let step = 1e-5
    return places.map { i in
        let centre = point[index][i]
        func objective(_ x: Double) -> Double {
            point[index][i] = x
            return zip(test.twin(point), upstream).reduce(0) { sum, pair in
                sum + zip(pair.0, pair.1).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        let slope = (objective(centre + step) - objective(centre - step)) / (2 * step)
        point[index][i] = centre
        return slope
    }
}

/// The largest difference over the largest expected magnitude.
func relativeError(_ actual: [Float], _ expected: [Double]) -> Double {
    guard actual.count == expected.count else { return .infinity }
    let largest = expected.reduce(0) { max($0, abs($1)) }
    let difference = zip(actual, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
    return difference.isNaN ? .infinity : difference / max(largest, 1e-12)
}
