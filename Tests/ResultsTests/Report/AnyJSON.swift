import Foundation

/// Any JSON value, with numbers to their last bit, which `JSONSerialization` does not keep on every system.
struct AnyJSON: Decodable {
    /// A list, an object, a text, a number, a flag or nothing.
    let value: Any?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            value = nil
        } else if let flag = try? container.decode(Bool.self) {
            value = flag
        } else if let integer = try? container.decode(Int.self) {
            value = integer
        } else if let number = try? container.decode(Double.self) {
            value = number
        } else if let text = try? container.decode(String.self) {
            value = text
        } else if let list = try? container.decode([AnyJSON].self) {
            value = list.map { $0.value as Any }
        } else {
            value = try container.decode([String: AnyJSON].self).compactMapValues(\.value)
        }
    }

    static func object(_ text: String) throws -> [String: Any] {
        try JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8)).value as? [String: Any] ?? [:]
    }
}
