/// The vector functions that the kernels are built on, by name, over whole arrays.
///
/// Kernels use the eight-lane functions directly; this entry is for comparing each with the mathematical function.
package enum ElementaryFunction: CaseIterable, Sendable {
    case exponential, exponentialMinusOne, powerOfTwo, softplus, sigmoid, silu, siluDerivative
    case tanh, erf, geluErf, geluErfDerivative, geluTanh, geluTanhDerivative

    /// y[i] = f(x[i]) for i < count.
    package func apply(_ x: FloatPointer, count: Int, into y: MutableFloatPointer) {
        var i = 0
        while i < count {
            let lanes = min(8, count - i)
            store8(value(load8(x + i, lanes: lanes)), y + i, lanes: lanes)
            i += 8
        }
    }

    private func value(_ x: Float8) -> Float8 {
        switch self {
        case .exponential: Kernels.exponential(x)
        case .exponentialMinusOne: Kernels.exponentialMinusOne(x)
        case .powerOfTwo: Kernels.powerOfTwo(x)
        case .softplus: Kernels.softplus(x)
        case .sigmoid: Kernels.sigmoid(x)
        case .silu: Kernels.silu(x)
        case .siluDerivative: Kernels.siluDerivative(x)
        case .tanh: hyperbolicTangent(x)
        case .erf: errorFunction(x)
        case .geluErf: Kernels.geluErf(x)
        case .geluErfDerivative: Kernels.geluErfDerivative(x)
        case .geluTanh: Kernels.geluTanh(x)
        case .geluTanhDerivative: Kernels.geluTanhDerivative(x)
        }
    }
}
