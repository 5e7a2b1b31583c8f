/// A short vector of Float32 lanes that a kernel keeps in registers.
///
/// Kernels are generic over it so that one source serves 16 lanes (two AVX registers) and the 8-lane remainder. Lanes never
/// mix, so a value has the same bits whichever width computed it.
protocol FloatLanes: SIMD, BitwiseCopyable where Scalar == Float {}

extension SIMD8: FloatLanes where Scalar == Float {}
extension SIMD16: FloatLanes where Scalar == Float {}

/// Reads one vector from an address of any alignment.
@inline(__always)
func loadVector<Lanes: FloatLanes>(_ address: FloatPointer) -> Lanes {
    UnsafeRawPointer(address).loadUnaligned(as: Lanes.self)
}

/// Writes one vector to an address of any alignment.
@inline(__always)
func storeVector<Lanes: FloatLanes>(_ lanes: Lanes, _ address: MutableFloatPointer) {
    UnsafeMutableRawPointer(address).storeBytes(of: lanes, as: Lanes.self)
}

/// Writes the first `count` lanes only, and nothing behind them.
@inline(__always)
func storeLanes<Lanes: FloatLanes>(_ lanes: Lanes, count: Int, _ address: MutableFloatPointer) {
    withUnsafeBytes(of: lanes) { bytes in
        UnsafeMutableRawPointer(address).copyMemory(from: bytes.baseAddress.unsafelyUnwrapped, byteCount: 4 * count)
    }
}

/// Reads the first `count` lanes only; the others are zero.
@inline(__always)
func loadLanes<Lanes: FloatLanes>(_ address: FloatPointer, count: Int) -> Lanes {
    var lanes = Lanes()
    withUnsafeMutableBytes(of: &lanes) { bytes in
        bytes.copyMemory(from: UnsafeRawBufferPointer(start: address, count: 4 * count))
    }
    return lanes
}
