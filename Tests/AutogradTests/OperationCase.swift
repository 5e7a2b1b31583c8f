import Autograd
import Randomness
import Testing

/// One operation on one set of shapes, with its slow twin: the same formula in plain double precision.
///
/// Every case is checked four ways: forward against the twin, every gradient against central differences of the twin,
/// a second use of each input against the sum of both gradients, and one thread against three, bit for bit.
struct OperationCase: Sendable, CustomTestStringConvertible {
    typealias Twin = @Sendable ([[Double]]) -> [[Double]]

    var name: String
    /// The shape of each input; each is differentiated.
    var inputs: [Shape]
    /// Maps a standard normal draw to an input's value, for operations that need positive inputs and the like.
    var values: @Sendable (_ input: Int, _ draw: Double) -> Double = { $1 }
    var isTraining = true
    /// Largest error relative to the largest value, forward.
    var tolerance = 1e-5
    /// Largest error relative to the largest value, gradients.
    var gradientTolerance = 1e-3
    var apply: @Sendable ([Tensor]) -> [Tensor]
    var twin: Twin

    var testDescription: String { name }

    /// The inputs, exact in Float32.
    func drawInputs() -> [[Float]] {
        inputs.enumerated().map { index, shape in
            var generator = RandomKey(seed: 7)[name][index].generator
            return (0..<shape.count).map { _ in Float(values(index, generator.normal())) }
        }
    }
}
