import Kernels

/// Moves the parameters of a store against their gradients.
///
/// One array of its own beside each flat buffer is all the state an optimizer has, with the number of steps: saved and
/// put back, it goes on with the same bits.
public protocol Optimizer: AnyObject {
    /// How many steps were made.
    var steps: Int { get set }
    /// The state, to be saved and put back.
    var stateArrays: [OptimizerState] { get }

    /// One step along the gradients that the store holds, each multiplied by `gradientScale`.
    ///
    /// - Parameter gradientNorm: the norm of the gradients before they are scaled (`ParameterStore.gradientNorm`).
    /// - Throws: `MissingGradients` where a parameter has none; nothing has changed then.
    func step(
        learningRate: Double, gradientNorm: Double, gradientScale: Double, parallel: Parallel
    ) throws(MissingGradients)
}

/// Which parameters an optimizer decays.
public enum DecayedParameters: Sendable {
    /// Those with two or more dimensions that are not biases (`Parameter.isDecayed`): the official grouping.
    case matrices
    /// Every parameter, as a plain `torch.optim.AdamW(model.parameters())` does.
    case all
}

/// No gradient has reached some parameters: training on would report results of a network that was never trained.
public struct MissingGradients: Error, CustomStringConvertible {
    /// The parameters' names, never none.
    public let names: [String]

    public var description: String {
        "no gradient reached \(names.prefix(5).joined(separator: ", "))"
            + (names.count > 5 ? " and \(names.count - 5) more" : "")
            + ": a part of the network has no influence on the loss, or an operation passes no gradient on"
    }
}

/// One array of an optimizer's state, as long as the store's flat buffer.
public final class OptimizerState {
    public let name: String
    public let count: Int
    public var pointer: MutableFloatPointer { memory.pointer }
    private let memory: ZeroedMemory

    /// An array of zeros.
    init(_ name: String, count: Int) {
        self.name = name
        self.count = count
        memory = ZeroedMemory(count)
    }
}

extension ParameterStore {
    /// The Euclidean norm of all gradients together. Its bits do not depend on the number of threads.
    public func gradientNorm(_ parallel: Parallel) -> Double {
        let ranges = Parallel.reductionRanges(flatCount, grain: 1 << 14, most: 64)
        var sums = [Double](repeating: 0, count: ranges.count)
        let gradients = FloatPointer(gradients)
        sums.withUnsafeMutableBufferPointer { sums in
            parallel.forEach(ranges.count) { index in
                let range = ranges[index]
                sums[index] = ElementwiseKernel.sumOfSquares(gradients + range.lowerBound, count: range.count)
            }
        }
        return sums.reduce(0, +).squareRoot()
    }

    /// Where each parameter lies in the flat buffers, with the weight decay that applies to it.
    func decayRanges(_ weightDecay: Double, on decayed: DecayedParameters) -> [(range: Range<Int>, decay: Float)] {
        parameters.map { parameter in
            let range = parameter.offset..<parameter.offset + parameter.shape.count
            return (range, parameter.isDecayed || decayed == .all ? Float(weightDecay) : 0)
        }
    }

    /// Refuses a step that some parameters would not take part in.
    func requireGradients() throws(MissingGradients) {
        guard parameters.allSatisfy(\.hasGradient) else { throw MissingGradients(names: parametersWithoutGradient) }
    }
}
