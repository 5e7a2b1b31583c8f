/// A function of one number that follows a layer.
///
/// Not inlined: inside a larger kernel the loops lose their registers (twice the time in batch norm's backward).
public enum Activation: Sendable, CaseIterable {
    /// x·Φ(x), the exact GELU: after the first layer of an MLP.
    case geluErf
    /// GELU's tanh form: in convolution blocks.
    case geluTanh
    /// x·sigmoid(x): after the depthwise convolutions of the Mamba mixer.
    case silu
    /// max(x, 0).
    case relu

    /// y[i] = f(x[i]). `y` may be `x`.
    @inline(never)
    public func forward(_ x: FloatPointer, count: Int, into y: MutableFloatPointer) {
        switch self {
        case .geluErf: map(GELUErf.self, x, count, y)
        case .geluTanh: map(GELUTanh.self, x, count, y)
        case .silu: map(SiLU.self, x, count, y)
        case .relu: map(ReLU.self, x, count, y)
        }
    }

    /// y = f(x)   ⇒   dx = dy·f'(x), from the forward's input. `dx` may be `dy`.
    @inline(never)
    public func backward(
        _ x: FloatPointer, dy: FloatPointer, count: Int, into dx: MutableFloatPointer, adding: Bool = false
    ) {
        switch self {
        case .geluErf: mapBackward(GELUErf.self, x, dy, count, dx, adding)
        case .geluTanh: mapBackward(GELUTanh.self, x, dy, count, dx, adding)
        case .silu: mapBackward(SiLU.self, x, dy, count, dx, adding)
        case .relu: mapBackward(ReLU.self, x, dy, count, dx, adding)
        }
    }
}

extension Activation {
    /// y = f(x) again   and   dx = dx·f'(x) in place: `y` is what forward wrote, bit for bit.
    @inline(never)
    public func recomputeAndBackward(
        _ x: FloatPointer, count: Int, into y: MutableFloatPointer, dx: MutableFloatPointer
    ) {
        switch self {
        case .geluErf: mapBoth(GELUErf.self, x, count, y, dx)
        case .geluTanh: mapBoth(GELUTanh.self, x, count, y, dx)
        case .silu: mapBoth(SiLU.self, x, count, y, dx)
        case .relu: mapBoth(ReLU.self, x, count, y, dx)
        }
    }
}

/// An activation as a type, so that kernels are compiled once for each.
protocol ActivationFunction {
    static func value(_ x: Float8) -> Float8
    static func derivative(_ x: Float8) -> Float8
    static func both(_ x: Float8) -> (value: Float8, derivative: Float8)
}

extension ActivationFunction {
    @inline(__always) static func both(_ x: Float8) -> (value: Float8, derivative: Float8) {
        (value(x), derivative(x))
    }
}

enum GELUErf: ActivationFunction {
    @inline(__always) static func value(_ x: Float8) -> Float8 { geluErf(x) }
    @inline(__always) static func derivative(_ x: Float8) -> Float8 { geluErfDerivative(x) }
    @inline(__always) static func both(_ x: Float8) -> (value: Float8, derivative: Float8) {
        geluErfWithDerivative(x)
    }
}

enum GELUTanh: ActivationFunction {
    @inline(__always) static func value(_ x: Float8) -> Float8 { geluTanh(x) }
    @inline(__always) static func derivative(_ x: Float8) -> Float8 { geluTanhDerivative(x) }
}

enum SiLU: ActivationFunction {
    @inline(__always) static func value(_ x: Float8) -> Float8 { Kernels.silu(x) }
    @inline(__always) static func derivative(_ x: Float8) -> Float8 { siluDerivative(x) }
}

/// Not a number stays so, in both directions: a diverged network must not look healthy.
enum ReLU: ActivationFunction {
    @inline(__always) static func value(_ x: Float8) -> Float8 { x.replacing(with: Float8(), where: x .< 0) }
    @inline(__always) static func derivative(_ x: Float8) -> Float8 {
        splat(1).replacing(with: Float8(), where: x .<= 0)
    }
}

/// No activation.
enum Identity: ActivationFunction {
    @inline(__always) static func value(_ x: Float8) -> Float8 { x }
    @inline(__always) static func derivative(_ x: Float8) -> Float8 { splat(1) }
}

@inline(__always)
private func map<Function: ActivationFunction>(
    _ function: Function.Type, _ x: FloatPointer, _ count: Int, _ y: MutableFloatPointer
) {
    var i = 0
    while i &+ 16 <= count {
        let (a, b) = (Function.value(load8(x + i)), Function.value(load8(x + i + 8)))
        store8(a, y + i)
        store8(b, y + i + 8)
        i &+= 16
    }
    while i < count {
        let lanes = min(8, count - i)
        store8(Function.value(load8(x + i, lanes: lanes)), y + i, lanes: lanes)
        i &+= 8
    }
}

@inline(__always)
private func mapBackward<Function: ActivationFunction>(
    _ function: Function.Type, _ x: FloatPointer, _ dy: FloatPointer, _ count: Int, _ dx: MutableFloatPointer,
    _ adding: Bool
) {
    if adding {
        forEachLanes(count) { i, lanes in
            let slope = Function.derivative(load8(x + i, lanes: lanes))
            let old = load8(FloatPointer(dx + i), lanes: lanes)
            store8(fma(load8(dy + i, lanes: lanes), slope, old), dx + i, lanes: lanes)
        }
        return
    }
    var i = 0
    while i &+ 16 <= count {
        let (a, b) = (Function.derivative(load8(x + i)), Function.derivative(load8(x + i + 8)))
        store8(load8(dy + i) * a, dx + i)
        store8(load8(dy + i + 8) * b, dx + i + 8)
        i &+= 16
    }
    while i < count {
        let lanes = min(8, count - i)
        let slope = Function.derivative(load8(x + i, lanes: lanes))
        store8(load8(dy + i, lanes: lanes) * slope, dx + i, lanes: lanes)
        i &+= 8
    }
}

@inline(__always)
private func mapBoth<Function: ActivationFunction>(
    _ function: Function.Type, _ x: FloatPointer, _ count: Int, _ y: MutableFloatPointer, _ dx: MutableFloatPointer
) {
    var i = 0
    while i &+ 16 <= count {
        let (a, b) = (Function.both(load8(x + i)), Function.both(load8(x + i + 8)))
        store8(a.value, y + i)
        store8(b.value, y + i + 8)
        store8(load8(dx + i) * a.derivative, dx + i)
        store8(load8(dx + i + 8) * b.derivative, dx + i + 8)
        i &+= 16
    }
    while i < count {
        let lanes = min(8, count - i)
        let (value, slope) = Function.both(load8(x + i, lanes: lanes))
        store8(value, y + i, lanes: lanes)
        store8(load8(FloatPointer(dx + i), lanes: lanes) * slope, dx + i, lanes: lanes)
        i &+= 8
    }
}
