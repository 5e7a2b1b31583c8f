/// The decay rates of the selective scan from their logarithms.   A = -exp(A_log), both (D, N)
public enum StateRates {
    /// A = -exp(A_log).
    public static func forward(_ logarithms: FloatPointer, count: Int, into rates: MutableFloatPointer) {
        forEachLanes(count) { i, lanes in
            store8(-exponential(load8(logarithms + i, lanes: lanes)), rates + i, lanes: lanes)
        }
    }
    // A = -exp(A_log)   ⇒   dA_log = dA·A: `ElementwiseKernel.multiply`.
}
