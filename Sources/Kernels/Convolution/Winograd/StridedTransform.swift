/// Five vectors along one axis of a tile: inputs of one parity, or values at the five points.
struct FiveValues<Lanes: FloatLanes> {
    let value0, value1, value2, value3, value4: Lanes

    @inline(__always)
    init(_ value0: Lanes, _ value1: Lanes, _ value2: Lanes, _ value3: Lanes, _ value4: Lanes) {
        (self.value0, self.value1, self.value2) = (value0, value1, value2)
        (self.value3, self.value4) = (value3, value4)
    }

    /// Reads five vectors `step` floats apart.
    @inline(__always)
    init(_ address: FloatPointer, step: Int) {
        self.init(
            loadVector(address), loadVector(address + step), loadVector(address + 2 &* step),
            loadVector(address + 3 &* step), loadVector(address + 4 &* step))
    }

    /// Writes them `step` floats apart.
    @inline(__always)
    func store(_ address: MutableFloatPointer, step: Int) {
        storeVector(value0, address)
        storeVector(value1, address + step)
        storeVector(value2, address + 2 &* step)
        storeVector(value3, address + 3 &* step)
        storeVector(value4, address + 4 &* step)
    }

    /// The first four.
    @inline(__always)
    var firstFour: FourValues<Lanes> { FourValues(value0, value1, value2, value3) }
}

/// The one-dimensional transforms of a convolution with three taps and stride 2, four outputs at a time.
///
/// Along one axis an output reads two pixels of one parity, by the outer taps, and one pixel of the other, by the middle
/// tap: `y[i] = (g0·odd[i] + g2·odd[i+1]) + g1·even[i]`. The sum in brackets is a convolution of stride 1 with two taps, which
/// Winograd's F(4, 2) computes from five products instead of eight, at the points ±½, ±5⁄4 and ∞; the rest stays four
/// products with one weight. So an axis has nine places, five points and four pixels, and six weights; a tile of 4×4
/// outputs takes 81 products instead of 144. With these points an error is no larger than that of the direct sum
/// (docs/decisions/0011-winograd-at-stride-2.md).
enum StridedTransform {
    /// Points of the odd pixels along one axis.
    static let points = 5

    /// Points and even pixels along one axis.
    static let places = 9

    private static let small: Float = 0.5
    private static let large: Float = 1.25
    private static let smallWeight: Float = -16.0 / 21
    private static let largeWeight: Float = 32.0 / 105

    /// Bᵀ·x: five inputs at the five points.
    @inline(__always)
    static func input<Lanes: FloatLanes>(_ x: FiveValues<Lanes>) -> FiveValues<Lanes> {
        let (smallSquare, largeSquare) = (Lanes(repeating: -small * small), Lanes(repeating: -large * large))
        let smallOdd = x.value3.addingProduct(x.value1, largeSquare)
        let smallEven = (x.value2 * small).addingProduct(x.value0, Lanes(repeating: -small * large * large))
        let largeOdd = x.value3.addingProduct(x.value1, smallSquare)
        let largeEven = (x.value2 * large).addingProduct(x.value0, Lanes(repeating: -large * small * small))
        return FiveValues(
            smallOdd + smallEven, smallOdd - smallEven, largeOdd + largeEven, largeOdd - largeEven,
            x.value4.addingProduct(x.value2, smallSquare + largeSquare).addingProduct(
                x.value0, smallSquare * largeSquare))
    }

    /// Aᵀ·m: four outputs from the products at the five points.
    @inline(__always)
    static func output<Lanes: FloatLanes>(_ m: FiveValues<Lanes>) -> FourValues<Lanes> {
        let (smallEven, smallOdd) = (m.value0 + m.value1, m.value0 - m.value1)
        let (largeEven, largeOdd) = (m.value2 + m.value3, m.value2 - m.value3)
        return FourValues(
            smallEven + largeEven,
            (Lanes(repeating: large) * largeOdd).addingProduct(smallOdd, Lanes(repeating: small)),
            (Lanes(repeating: large * large) * largeEven).addingProduct(smallEven, Lanes(repeating: small * small)),
            m.value4.addingProduct(smallOdd, Lanes(repeating: small * small * small))
                .addingProduct(largeOdd, Lanes(repeating: large * large * large)))
    }

    /// A·dy: four output gradients at the five points, the transpose of `output`.
    @inline(__always)
    static func outputGradient<Lanes: FloatLanes>(_ dy: FourValues<Lanes>) -> FiveValues<Lanes> {
        let (smallSquare, largeSquare) = (Lanes(repeating: small * small), Lanes(repeating: large * large))
        let smallEven = dy.value0.addingProduct(dy.value2, smallSquare)
        let smallOdd = (dy.value1 * small).addingProduct(dy.value3, Lanes(repeating: small * small * small))
        let largeEven = dy.value0.addingProduct(dy.value2, largeSquare)
        let largeOdd = (dy.value1 * large).addingProduct(dy.value3, Lanes(repeating: large * large * large))
        return FiveValues(
            smallEven + smallOdd, smallEven - smallOdd, largeEven + largeOdd, largeEven - largeOdd, dy.value3)
    }

    /// G·(g0, g2) and g1: three taps as the five points' weights and the even pixels'.
    @inline(__always)
    static func weight<Lanes: FloatLanes>(_ g: ThreeValues<Lanes>) -> SixValues<Lanes> {
        let (smallFirst, largeFirst) = (
            Lanes(repeating: smallWeight) * g.value0, Lanes(repeating: largeWeight) * g.value0
        )
        let smallLast = Lanes(repeating: smallWeight * small) * g.value2
        let largeLast = Lanes(repeating: largeWeight * large) * g.value2
        return SixValues(
            smallLast + smallFirst, smallLast - smallFirst, largeLast + largeFirst, largeLast - largeFirst, g.value2,
            g.value1)
    }

    /// The gradients of three taps, the transpose of `weight`.
    @inline(__always)
    static func weightGradient<Lanes: FloatLanes>(_ du: SixValues<Lanes>) -> ThreeValues<Lanes> {
        let smallFirst = Lanes(repeating: smallWeight) * (du.value0 - du.value1)
        let smallLast = Lanes(repeating: smallWeight * small) * (du.value0 + du.value1)
        return ThreeValues(
            smallFirst.addingProduct(du.value2 - du.value3, Lanes(repeating: largeWeight)),
            du.value5,
            (du.value4 + smallLast).addingProduct(du.value2 + du.value3, Lanes(repeating: largeWeight * large)))
    }
}
