/// The value of one setting, free of its Swift type: what the file's reader, the canonical JSON and the lists of
/// differences have in common.
public enum SettingValue: Hashable, Sendable {
    /// The setting is left to its default or switched off.
    case absent
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case text(String)
    case list([SettingValue])
}

extension SettingValue: CustomStringConvertible {
    /// The value as a person writes it in the file: `0.002`, `adamw`, `[2, 2]`.
    public var description: String {
        switch self {
        case .absent: "none"
        case .integer(let value): String(value)
        case .number(let value): SettingValue.shortest(value)
        case .boolean(let value): value ? "true" : "false"
        case .text(let value): value
        case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        }
    }

    /// The fewest digits that read back as the same number, without the `.0` of whole numbers.
    static func shortest(_ value: Double) -> String {
        let text = String(value == 0 ? 0 : value)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
