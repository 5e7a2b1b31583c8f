#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One step of AdamW or LAMB over a flat array of parameters p with gradients g and moments m, v.
///
///     m = β₁·m + (1 - β₁)·g,   v = β₂·v + (1 - β₂)·g²,   u = (m/(1 - β₁ᵗ)) / (√(v/(1 - β₂ᵗ)) + ε)
///
/// AdamW (Loshchilov and Hutter 2019): p = p - lr·λ·p - lr·u. LAMB (You et al. 2020): see `lamb`.
public struct AdamStep: Sendable {
    public var learningRate: Float
    public var beta1: Float
    public var beta2: Float
    public var epsilon: Float
    /// 1 - β₁ᵗ and 1 - β₂ᵗ for step t, counted from 1.
    public var correction1: Float
    public var correction2: Float

    /// The constants of step number `step`, counted from 1.
    public init(learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, step: Int) {
        precondition(step >= 1, "optimizer steps are counted from 1, not \(step)")
        self.learningRate = Float(learningRate)
        self.beta1 = Float(beta1)
        self.beta2 = Float(beta2)
        self.epsilon = Float(epsilon)
        correction1 = Float(1 - pow(beta1, Double(step)))
        correction2 = Float(1 - pow(beta2, Double(step)))
    }

    /// The arrays of one step.
    public struct Arrays {
        public var parameters: MutableFloatPointer
        public var gradients: FloatPointer
        public var first, second: MutableFloatPointer

        public init(
            parameters: MutableFloatPointer, gradients: FloatPointer, first: MutableFloatPointer,
            second: MutableFloatPointer
        ) {
            (self.parameters, self.gradients, self.first, self.second) = (parameters, gradients, first, second)
        }
    }

    /// AdamW with decoupled weight decay λ; gradients count `gradientScale` times (clipping).
    public func adamW(_ arrays: Arrays, range: Range<Int>, weightDecay: Float, gradientScale: Float = 1) {
        let (decay, rate) = (splat(weightDecay), splat(-learningRate))
        forEachLanes(range.count) { index, lanes in
            let i = range.lowerBound + index
            let update = moments(arrays, i, lanes, splat(gradientScale))
            let p = load8(FloatPointer(arrays.parameters + i), lanes: lanes)
            store8(fma(rate, fma(decay, p, update), p), arrays.parameters + i, lanes: lanes)
        }
    }

    /// LAMB over one tensor:   u += λ·p,   p = p - lr·(‖p‖/‖u‖)·u
    ///
    /// As in timm: the trust ratio is 1 where either norm is 0, is not clipped, and applies only where
    /// λ > 0; elsewhere the step is Adam's. The caller clips the global gradient norm to 1 through `gradientScale`.
    public func lamb(_ arrays: Arrays, range: Range<Int>, weightDecay: Float, gradientScale: Float) {
        let decay = splat(weightDecay)
        var squares: (p: Double, u: Double) = (0, 0)
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 256) {
            let count = min(256, range.upperBound - start)
            var (p2, u2) = (Float8(), Float8())
            forEachLanes(count) { index, lanes in
                let i = start + index
                let p = load8(FloatPointer(arrays.parameters + i), lanes: lanes)
                let u = fma(decay, p, moments(arrays, i, lanes, splat(gradientScale)))
                p2 = fma(p, p, p2)
                u2 = fma(u, u, u2)
            }
            squares.p += Double(sum(p2))
            squares.u += Double(sum(u2))
        }
        var ratio = 1.0
        if weightDecay > 0, squares.p > 0, squares.u > 0 {
            ratio = (squares.p / squares.u).squareRoot()
        }
        let rate = splat(-learningRate * Float(ratio))
        forEachLanes(range.count) { index, lanes in
            let i = range.lowerBound + index
            let p = load8(FloatPointer(arrays.parameters + i), lanes: lanes)
            let m = load8(FloatPointer(arrays.first + i), lanes: lanes)
            let v = load8(FloatPointer(arrays.second + i), lanes: lanes)
            store8(fma(rate, fma(decay, p, direction(m, v)), p), arrays.parameters + i, lanes: lanes)
        }
    }

    /// Moves the moments on and returns the corrected direction.
    @inline(__always)
    private func moments(_ arrays: Arrays, _ i: Int, _ lanes: Int, _ gradientScale: Float8) -> Float8 {
        let g = load8(arrays.gradients + i, lanes: lanes) * gradientScale
        let m = fma(splat(1 - beta1), g, splat(beta1) * load8(FloatPointer(arrays.first + i), lanes: lanes))
        let v = fma(splat(1 - beta2) * g, g, splat(beta2) * load8(FloatPointer(arrays.second + i), lanes: lanes))
        store8(m, arrays.first + i, lanes: lanes)
        store8(v, arrays.second + i, lanes: lanes)
        return direction(m, v)
    }

    @inline(__always)
    private func direction(_ m: Float8, _ v: Float8) -> Float8 {
        let root = (v * splat(1 / correction2)).squareRoot()
        return m * splat(1 / correction1) / (root + splat(epsilon))
    }
}
