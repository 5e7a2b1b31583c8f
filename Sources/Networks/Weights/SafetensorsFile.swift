import Foundation

/// A file of named arrays in the safetensors format, opened for reading.
///
/// The layout: the header's length (8 bytes, little endian), a JSON header `{"name": {"dtype", "shape",
/// "data_offsets"}, "__metadata__": {…}}`, then the data without gaps. Everything that the header claims is checked
/// against the file before any of it is believed; nothing is allocated on a header's word.
public struct SafetensorsFile {
    /// One array of the file.
    public struct Entry: Sendable, Hashable {
        public let name: String
        public let type: ElementType
        public let shape: [Int]
        /// Where the data lie, counted from the end of the header.
        let offsets: Range<Int>
    }

    public enum ElementType: String, Sendable, Hashable, CaseIterable {
        case float64 = "F64", float32 = "F32", float16 = "F16", bfloat16 = "BF16"
        case int64 = "I64", int32 = "I32", int16 = "I16", int8 = "I8", uint8 = "U8", bool = "BOOL"

        var byteCount: Int {
            switch self {
            case .float64, .int64: 8
            case .float32, .int32: 4
            case .float16, .bfloat16, .int16: 2
            case .int8, .uint8, .bool: 1
            }
        }
    }

    public let path: String
    /// In the order of their names.
    public let entries: [Entry]
    public let metadata: [String: String]
    private let contents: Data
    private let dataStart: Int
    private let indices: [String: Int]

    /// The longest header that is read: that of the reference implementation.
    static let headerLimit = 100_000_000

    /// Opens and checks a file. Throws `WeightsError` naming the file and what is wrong with it.
    public init(path: String) throws(WeightsError) {
        let contents: Data
        do {
            contents = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            throw WeightsError(path, "can't be read: \(error.localizedDescription)", "check the path and permissions")
        }
        try self.init(contents, path: path)
    }

    /// Checks a file's contents; `path` is for error messages.
    public init(_ contents: Data, path: String) throws(WeightsError) {
        let damaged = "the file is damaged or no safetensors file: get it again"
        guard contents.count >= 8 else {
            throw WeightsError(path, "is \(contents.count) bytes long, too short for a safetensors header", damaged)
        }
        let length = contents.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(min(contents.count - 8, SafetensorsFile.headerLimit)) else {
            throw WeightsError(path, "says its header is \(length) bytes long, longer than the file allows", damaged)
        }
        let start = 8 + Int(length)
        let header: SafetensorsHeader
        do {
            header = try JSONDecoder().decode(
                SafetensorsHeader.self,
                from: contents.subdata(in: contents.startIndex + 8..<contents.startIndex + start))
        } catch {
            throw WeightsError(path, "has a header that is not the JSON that safetensors prescribes", damaged)
        }
        entries = try header.checked(path: path, dataCount: contents.count - start)
        metadata = header.metadata
        indices = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
        self.path = path
        self.contents = contents
        dataStart = contents.startIndex + start
    }

    /// The array of this name, or nil.
    public func entry(_ name: String) -> Entry? {
        indices[name].map { entries[$0] }
    }

    /// The values of an array as Float32; floats of other widths and integers are converted.
    public func floats(_ entry: Entry) -> [Float] {
        let range = dataStart + entry.offsets.lowerBound..<dataStart + entry.offsets.upperBound
        return contents[range].withUnsafeBytes { bytes in
            (0..<entry.offsets.count / entry.type.byteCount).map { entry.type.value(bytes, at: $0) }
        }
    }
}

extension SafetensorsFile.ElementType {
    /// Number `index` of an unaligned little-endian array.
    fileprivate func value(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Float {
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
