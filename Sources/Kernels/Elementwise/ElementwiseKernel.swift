/// Sums, products and scalings of arrays, number by number. Every function accepts any count.
public enum ElementwiseKernel {
    /// y = a + b. `y` may be `a` or `b`.
    public static func add(_ a: FloatPointer, _ b: FloatPointer, count: Int, into y: MutableFloatPointer) {
        forEachLanes(count) { i, lanes in
            store8(load8(a + i, lanes: lanes) + load8(b + i, lanes: lanes), y + i, lanes: lanes)
        }
    }

    /// y = a·b, or y += a·b: the gate, and (y = a·b ⇒ da = dy·b, db = dy·a) its backward.
    public static func multiply(
        _ a: FloatPointer, _ b: FloatPointer, count: Int, into y: MutableFloatPointer, adding: Bool = false
    ) {
        forEachLanes(count) { i, lanes in
            put8(load8(a + i, lanes: lanes) * load8(b + i, lanes: lanes), y + i, lanes: lanes, adding: adding)
        }
    }

    /// y += s·x.
    public static func addScaled(_ x: FloatPointer, by scale: Float, count: Int, to y: MutableFloatPointer) {
        let s = splat(scale)
        forEachLanes(count) { i, lanes in
            let sum = fma(s, load8(x + i, lanes: lanes), load8(FloatPointer(y + i), lanes: lanes))
            store8(sum, y + i, lanes: lanes)
        }
    }

    /// y = s·x. `y` may be `x`.
    public static func scale(_ x: FloatPointer, by scale: Float, count: Int, into y: MutableFloatPointer) {
        let s = splat(scale)
        forEachLanes(count) { i, lanes in
            store8(s * load8(x + i, lanes: lanes), y + i, lanes: lanes)
        }
    }

    /// y = y + rate·(x - y): the exponential moving average of parameters, rate = 1 - decay.
    public static func average(_ x: FloatPointer, rate: Float, count: Int, into y: MutableFloatPointer) {
        let r = splat(rate)
        forEachLanes(count) { i, lanes in
            let old = load8(FloatPointer(y + i), lanes: lanes)
            store8(fma(r, load8(x + i, lanes: lanes) - old, old), y + i, lanes: lanes)
        }
    }

    /// The sum of squares in Double, in an order that depends on the count alone.
    public static func sumOfSquares(_ x: FloatPointer, count: Int) -> Double {
        var total = 0.0
        var start = 0
        while start < count {
            let end = min(start + 256, count)
            var partial = Float8()
            var i = start
            while i < end {
                let value = load8(x + i, lanes: min(8, end - i))
                partial = fma(value, value, partial)
                i &+= 8
            }
            total += Double(sum(partial))
            start = end
        }
        return total
    }
}

/// Calls `body` for pieces of eight, and once for what is left.
///
/// Two places of call, so that `lanes` is a constant in the loop: a quarter of the time where it is not.
@inline(__always)
func forEachLanes(_ count: Int, _ body: (_ index: Int, _ lanes: Int) -> Void) {
    var i = 0
    while i &+ 8 <= count {
        body(i, 8)
        i &+= 8
    }
    if i < count {
        body(i, count &- i)
    }
}
