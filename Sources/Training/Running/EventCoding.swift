import Experiments
import Foundation

/// The form in which jobs and events travel between coordinator and worker: one line of JSON each.
///
/// Infinite values and NaN, which JSON lacks, are written as the words `inf`, `-inf` and `nan`.
public enum EventCoding {
    /// One line, its line feed included.
    public static func line(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try Array(encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    /// The value on a line; the line feed at its end may be missing.
    public static func value<Value: Decodable>(_ type: Value.Type, from line: [UInt8]) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(type, from: Data(line))
    }
}
