/// One named array of a file of weights.
public struct StoredArray: Sendable, Hashable {
    public let name: String
    public let type: ElementType
    public let shape: [Int]
    /// Where the first number lies in the file, in bytes.
    let position: Int
    /// How many numbers lie between neighbours of each dimension; nil where the last runs fastest, without gaps.
    let strides: [Int]?

    init(name: String, type: ElementType, shape: [Int], position: Int, strides: [Int]? = nil) {
        self.name = name
        self.type = type
        self.shape = shape
        self.position = position
        self.strides = strides
    }

    /// How many numbers it holds. Readers check that the product exists before they make an array.
    public var count: Int { shape.reduce(1, *) }

    /// How many numbers from the first to the last, gaps included.
    var span: Int {
        guard let strides, count > 0 else { return count }
        return zip(shape, strides).reduce(1) { $0 + ($1.0 - 1) * $1.1 }
    }

    /// The product of the dimensions in bytes, or nil where one is negative or the product is no 64-bit number.
    static func byteCount(_ shape: [Int], _ type: ElementType) -> Int? {
        var bytes = type.byteCount
        for length in shape {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
            guard length >= 0, !overflow else { return nil }
            bytes = product
        }
        return bytes
    }
}

/// How the numbers of an array are stored, by the names of the safetensors format.
public enum ElementType: String, Sendable, Hashable, CaseIterable {
    case float64 = "F64", float32 = "F32", float16 = "F16", bfloat16 = "BF16"
    case int64 = "I64", int32 = "I32", int16 = "I16", int8 = "I8", uint8 = "U8", bool = "BOOL"

    public var byteCount: Int {
        switch self {
        case .float64, .int64: 8
        case .float32, .int32: 4
        case .float16, .bfloat16, .int16: 2
        case .int8, .uint8, .bool: 1
        }
    }

    /// Number `index` of an unaligned little-endian array, as the nearest Float32.
    func value(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Float {
        let offset = index * byteCount
        func integer<Value: FixedWidthInteger>(_ type: Value.Type) -> Value {
            Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
        }
        return switch self {
        case .float64: Float(Double(bitPattern: integer(UInt64.self)))
        case .float32: Float(bitPattern: integer(UInt32.self))
        case .float16: floatFromHalf(integer(UInt16.self))
        case .bfloat16: Float(bitPattern: UInt32(integer(UInt16.self)) << 16)
        case .int64: Float(integer(Int64.self))
        case .int32: Float(integer(Int32.self))
        case .int16: Float(integer(Int16.self))
        case .int8: Float(integer(Int8.self))
        case .uint8, .bool: Float(integer(UInt8.self))
        }
    }
}

/// IEEE half precision to single, exactly.
private func floatFromHalf(_ bits: UInt16) -> Float {
    let sign: Float = bits >> 15 == 1 ? -1 : 1
    let exponent = Int(bits >> 10 & 31)
    let fraction = Float(bits & 1023)
    if exponent == 31 {
        return fraction == 0 ? sign * .infinity : .nan
    }
    let magnitude =
        exponent == 0
        ? fraction * 0x1p-24 : (1 + fraction * 0x1p-10) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
    return sign * magnitude
}
