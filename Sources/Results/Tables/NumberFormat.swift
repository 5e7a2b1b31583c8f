import Foundation

/// How a number is shown to people. CSV and JSON always give the full number.
public enum NumberFormat: Hashable, Sendable {
    /// As it is, with at most six significant digits.
    case plain
    /// With so many digits behind the point.
    case fixed(Int)
    /// The same, and a plus sign where it is positive.
    case signed(Int)
    /// A hundred times the number, with so many digits behind the point.
    case percent(Int)
    case signedPercent(Int)
    /// 1,234 as `1.23 k`, 31,800,000 as `31.8 M`.
    case count
    /// 1,500,000 as `1.50 MB`: powers of ten.
    case bytes
    /// 75 as `1:15`, 4,000 as `1:06:40`; under a minute `12.3 s`.
    case duration
    /// A p-value: three digits, `<.001` below; `<.050` where rounding would hide on which side of .05 it is.
    case probability

    /// The number as text.
    public func text(_ number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }
        switch self {
        case .plain: return NumberFormat.general(number)
        case .fixed(let digits): return NumberFormat.fixed(number, digits)
        case .signed(let digits): return NumberFormat.sign(number, digits) + NumberFormat.fixed(number, digits)
        case .percent(let digits): return NumberFormat.fixed(number * 100, digits)
        case .signedPercent(let digits):
            return NumberFormat.sign(number * 100, digits) + NumberFormat.fixed(number * 100, digits)
        case .count: return NumberFormat.scaled(number, units: ["", " k", " M", " G", " T", " P"])
        case .bytes: return NumberFormat.scaled(number, units: [" B", " kB", " MB", " GB", " TB", " PB"])
        case .duration: return NumberFormat.duration(number)
        case .probability: return NumberFormat.probability(number)
        }
    }

    /// An integer as text: ungrouped digits unless the format says otherwise.
    public func text(_ integer: Int) -> String {
        self == .plain ? String(integer) : text(Double(integer))
    }

    static func fixed(_ number: Double, _ digits: Int) -> String {
        let text = String(format: "%.\(digits)f", number)
        // A number that rounds to zero has no sign.
        return text.hasPrefix("-") && text.allSatisfy({ "-0.".contains($0) }) ? String(text.dropFirst()) : text
    }

    private static func sign(_ number: Double, _ digits: Int) -> String {
        number > 0 && !fixed(number, digits).allSatisfy { "0.".contains($0) } ? "+" : ""
    }

    private static func general(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15
            ? String(format: "%.0f", number) : String(format: "%.6g", number)
    }

    /// Three significant digits and the unit of a thousand's power.
    private static func scaled(_ number: Double, units: [String]) -> String {
        var value = number
        var unit = 0
        while abs(value) >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        if unit == 0, value == value.rounded() { return general(value) + units[0] }
        return fixed(value, abs(value) < 9.995 ? 2 : abs(value) < 99.95 ? 1 : 0) + units[unit]
    }

    private static func duration(_ seconds: Double) -> String {
        guard seconds >= 59.95 else { return fixed(seconds, 1) + " s" }
        // A damaged database may hold any number.
        guard seconds < 1e15 else { return general(seconds) + " s" }
        let whole = Int(seconds.rounded())
        let clock = String(format: "%02d", whole % 60)
        guard whole >= 3600 else { return "\(whole / 60):\(clock)" }
        return "\(whole / 3600):" + String(format: "%02d", whole / 60 % 60) + ":\(clock)"
    }

    private static func probability(_ number: Double) -> String {
        switch number {
        case ..<0.0005: "<.001"
        case 0.0495..<0.05: "<.050"
        case 0.9995...: "1"
        default: String(fixed(number, 3).dropFirst())
        }
    }
}
