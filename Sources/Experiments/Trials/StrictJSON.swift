import Foundation

/// JSON for messages between processes and for stored specifications: every key counts.
///
/// Infinite values and NaN, which JSON lacks, are written as the words `inf`, `-inf` and `nan`; keys are sorted.
public enum StrictJSON {
    /// What is wrong with a message.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// One sentence without a full stop, with the path of keys at which it is wrong.
        public let description: String
    }

    /// The value as one line, without a line feed.
    public static func encode(_ value: some Encodable) throws(Problem) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            return try Array(encoder.encode(value))
        } catch {
            throw Problem(description: "the value can't be written as JSON (\(error))")
        }
    }

    /// The value that the bytes hold.
    ///
    /// - Throws: what is wrong: no JSON, a missing key, a wrong type, or a key that the type does not have.
    public static func decode<Value: Codable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws(Problem)
        -> Value
    {
        let data = Data(bytes)
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let value: Value
        let (given, known): (Any, Any)
        do {
            value = try decoder.decode(type, from: data)
            given = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            known = try JSONSerialization.jsonObject(with: Data(try encode(value)), options: .fragmentsAllowed)
        } catch let error as DecodingError {
            throw Problem(description: words(for: error))
        } catch {
            throw Problem(description: "the message is no JSON")
        }
        if let path = unknownKey(given, known) {
            throw Problem(description: "the message has an unknown key at `\(path)`")
        }
        return value
    }

    /// The path of the first key of `given` that the value, written again, does not have. Null stands for a left-out key.
    private static func unknownKey(_ given: Any, _ known: Any) -> String? {
        if let given = given as? [String: Any], let known = known as? [String: Any] {
            for key in given.keys.sorted() {
                guard let value = given[key], !(value is NSNull) else { continue }
                guard let counterpart = known[key] else { return key }
                if let path = unknownKey(value, counterpart) { return "\(key).\(path)" }
            }
        } else if let given = given as? [Any], let known = known as? [Any] {
            for (index, (value, counterpart)) in zip(given, known).enumerated() {
                if let path = unknownKey(value, counterpart) { return "\(index).\(path)" }
            }
        }
        return nil
    }

    private static func words(for error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "the message has no key `\(path(context.codingPath + [key]))`"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "the message has a wrong value at `\(path(context.codingPath))`"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "the message has a wrong value at `\(path(context.codingPath))`"
        default: "the message is no JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
