/// The five one-dimensional transforms of Winograd's F(4, 3): four sums of three taps each from six products.
///
/// `y = Aᵀ·((G·g) ⊙ (Bᵀ·x))` with the points 0, ±√½, ±√2 and ∞; applied to columns and then rows they give the 4×4
/// outputs of a 3×3 convolution from 36 products instead of 144. With these points an error is about twice that of the
/// direct sum, with the usual 0, ±1, ±2 about five times (docs/decisions/0007-winograd.md). Lavin and Gray 2016, "Fast
/// algorithms for convolutional neural networks", section 4.
enum WinogradTransform {
    /// Outputs of a tile along one axis.
    static let outputs = 4

    /// Points, and inputs of a tile along one axis.
    static let points = 6

    private static let root: Float = 1.414_213_56
    private static let halfRoot: Float = 0.707_106_78

    /// Bᵀ·x: six inputs at the six points.
    @inline(__always)
    static func input<Lanes: FloatLanes>(_ x: SixValues<Lanes>) -> SixValues<Lanes> {
        let outer = Lanes(repeating: -2.5)
        let smallEven = x.value4.addingProduct(x.value2, Lanes(repeating: -2))
        let smallOdd = x.value3.addingProduct(x.value1, Lanes(repeating: -2))
        let largeEven = x.value4.addingProduct(x.value2, Lanes(repeating: -0.5))
        let largeOdd = x.value3.addingProduct(x.value1, Lanes(repeating: -0.5))
        return SixValues(
            (x.value0 + x.value4).addingProduct(x.value2, outer),
            smallEven.addingProduct(smallOdd, Lanes(repeating: halfRoot)),
            smallEven.addingProduct(smallOdd, Lanes(repeating: -halfRoot)),
            largeEven.addingProduct(largeOdd, Lanes(repeating: root)),
            largeEven.addingProduct(largeOdd, Lanes(repeating: -root)),
            (x.value1 + x.value5).addingProduct(x.value3, outer))
    }

    /// Aᵀ·m: four outputs from the products at the six points.
    @inline(__always)
    static func output<Lanes: FloatLanes>(_ m: SixValues<Lanes>) -> FourValues<Lanes> {
        let (smallEven, smallOdd) = (m.value1 + m.value2, m.value1 - m.value2)
        let (largeEven, largeOdd) = (m.value3 + m.value4, m.value3 - m.value4)
        return FourValues(
            m.value0 + smallEven + largeEven,
            (Lanes(repeating: root) * largeOdd).addingProduct(smallOdd, Lanes(repeating: halfRoot)),
            (Lanes(repeating: 2) * largeEven).addingProduct(smallEven, Lanes(repeating: 0.5)),
            m.value5.addingProduct(smallOdd, Lanes(repeating: halfRoot / 2))
                .addingProduct(largeOdd, Lanes(repeating: 2 * root)))
    }

    /// A·dy: four output gradients at the six points, the transpose of `output`.
    @inline(__always)
    static func outputGradient<Lanes: FloatLanes>(_ dy: FourValues<Lanes>) -> SixValues<Lanes> {
        let smallEven = dy.value0.addingProduct(dy.value2, Lanes(repeating: 0.5))
        let smallOdd = dy.value1.addingProduct(dy.value3, Lanes(repeating: 0.5))
        let largeEven = dy.value0.addingProduct(dy.value2, Lanes(repeating: 2))
        let largeOdd = dy.value1.addingProduct(dy.value3, Lanes(repeating: 2))
        return SixValues(
            dy.value0,
            smallEven.addingProduct(smallOdd, Lanes(repeating: halfRoot)),
            smallEven.addingProduct(smallOdd, Lanes(repeating: -halfRoot)),
            largeEven.addingProduct(largeOdd, Lanes(repeating: root)),
            largeEven.addingProduct(largeOdd, Lanes(repeating: -root)),
            dy.value3)
    }

    /// G·g: three taps at the six points.
    @inline(__always)
    static func weight<Lanes: FloatLanes>(_ g: ThreeValues<Lanes>) -> SixValues<Lanes> {
        let (small, large) = (Lanes(repeating: -1 / 1.5), Lanes(repeating: 1 / 6))
        let smallEven = small * g.value0.addingProduct(g.value2, Lanes(repeating: 0.5))
        let smallOdd = Lanes(repeating: -halfRoot / 1.5) * g.value1
        let largeEven = large * g.value0.addingProduct(g.value2, Lanes(repeating: 2))
        let largeOdd = Lanes(repeating: root / 6) * g.value1
        return SixValues(
            g.value0, smallEven + smallOdd, smallEven - smallOdd, largeEven + largeOdd, largeEven - largeOdd, g.value2)
    }

    /// Gᵀ·du: the gradients of three taps, the transpose of `weight`.
    @inline(__always)
    static func weightGradient<Lanes: FloatLanes>(_ du: SixValues<Lanes>) -> ThreeValues<Lanes> {
        let smallEven = Lanes(repeating: -1 / 1.5) * (du.value1 + du.value2)
        let largeEven = Lanes(repeating: 1 / 6) * (du.value3 + du.value4)
        let smallOdd = Lanes(repeating: -halfRoot / 1.5) * (du.value1 - du.value2)
        return ThreeValues(
            du.value0 + smallEven + largeEven,
            smallOdd.addingProduct(du.value3 - du.value4, Lanes(repeating: root / 6)),
            du.value5.addingProduct(smallEven, Lanes(repeating: 0.5)).addingProduct(largeEven, Lanes(repeating: 2)))
    }
}
