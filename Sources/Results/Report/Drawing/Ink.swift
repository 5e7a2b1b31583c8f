/// What a mark of a figure is drawn with.
///
/// In a page an ink is a class, so that the page's light and dark rules apply; in a file for a paper its properties are
/// written out, because not every program that reads SVG reads style sheets.
enum Ink: String, CaseIterable {
    // Words.
    case label, strong, faint, tick, name
    // Rulers.
    case grid, axis, zero
    // Data.
    case dot, hollow, beaten, seed, interval, whisker, band, curve, bar, front, lost
    /// What belongs to the reference row.
    case reference, referenceCurve
    /// What needs no training.
    case baseline
    // Blocks of a layout and the letters on them.
    case conv, mamba, attention, control, other, another
    case letter, attentionLetter, options

    var className: String { "i-\(rawValue)" }

    /// SVG properties.
    func properties(_ theme: Theme) -> [(name: String, value: String)] {
        switch self {
        case .label: Ink.words(theme.ink, 12)
        case .strong: Ink.words(theme.ink, 12) + [("font-weight", "700")]
        case .faint: Ink.words(theme.muted, 12)
        case .tick: Ink.words(theme.muted, 11)
        case .name: Ink.words(theme.ink, 11)
        case .grid: Ink.stroke(theme.grid, 1)
        case .axis: Ink.stroke(theme.axis, 1)
        case .zero: Ink.stroke(theme.axis, 1.5)
        case .dot: [("fill", theme.accent), ("stroke", theme.surface), ("stroke-width", "1")]
        case .hollow: [("fill", theme.surface), ("stroke", theme.accent), ("stroke-width", "1.5")]
        case .beaten: [("fill", theme.surface), ("stroke", theme.axis), ("stroke-width", "1.5")]
        case .seed: [("fill", theme.accent), ("fill-opacity", "0.5")]
        case .interval: Ink.stroke(theme.accent, 2)
        case .whisker: Ink.stroke(theme.accent, 1) + [("stroke-opacity", "0.5")]
        case .band: [("fill", theme.accent), ("fill-opacity", "0.2")]
        case .curve: Ink.stroke(theme.accent, 2)
        case .bar: [("fill", theme.accent)]
        case .front: Ink.stroke(theme.muted, 1.5) + [("stroke-dasharray", "2 3")]
        case .lost: Ink.stroke(theme.second, 2)
        case .reference: Ink.stroke(theme.second, 1.5) + [("stroke-dasharray", "5 3")]
        case .referenceCurve: Ink.stroke(theme.second, 1.5) + [("stroke-dasharray", "5 3")]
        case .baseline: Ink.stroke(theme.muted, 1) + [("stroke-dasharray", "1 3")]
        case .conv: [("fill", theme.conv)]
        case .mamba: [("fill", theme.mamba)]
        case .attention: [("fill", theme.attention)]
        case .control: [("fill", theme.surface), ("stroke", theme.axis), ("stroke-width", "1")]
        case .other: [("fill", theme.other)]
        case .another: [("fill", theme.another)]
        case .letter: Ink.words(theme.letter, 11)
        case .attentionLetter: Ink.words(theme.attentionLetter, 11) + [("font-weight", "700")]
        case .options: [("fill", theme.ink)]
        }
    }

    private static func words(_ color: String, _ size: Int) -> [(name: String, value: String)] {
        [("fill", color), ("font-size", "\(size)px")]
    }

    private static func stroke(_ color: String, _ width: Double) -> [(name: String, value: String)] {
        [("fill", "none"), ("stroke", color), ("stroke-width", "\(width)"), ("stroke-linejoin", "round")]
    }

    /// The rules of a style sheet, one ink a line.
    static func rules(_ theme: Theme) -> String {
        allCases.map { ink in
            let list = ink.properties(theme).map { "\($0.name):\($0.value)" }.joined(separator: ";")
            return ".\(ink.className){\(list)}\n"
        }.joined()
    }
}

/// Colours for light and dark surroundings: blue and vermilion after Okabe and Ito, which people with any common form of
/// colour blindness tell apart; attention is also the darkest (or lightest) block, so that grey prints show it.
struct Theme {
    var surface, soft, ink, muted, grid, axis, accent, second: String
    var conv, mamba, attention, other, another: String
    var letter, attentionLetter: String

    static let light = Theme(
        surface: "#ffffff", soft: "#f3f4f6", ink: "#1b1f24", muted: "#59636e", grid: "#e4e7eb", axis: "#8c959f",
        accent: "#0067b1",
        second: "#b84a00", conv: "#d5dae0", mamba: "#8cc5ee", attention: "#c14f00", other: "#a8d8c3",
        another: "#cdb6e2",
        letter: "#1b1f24", attentionLetter: "#ffffff")

    static let dark = Theme(
        surface: "#15191e", soft: "#1e242b", ink: "#e8ebee", muted: "#a4adb7", grid: "#2b323a", axis: "#6e7781",
        accent: "#62b4f2",
        second: "#ff9a5c", conv: "#454f5a", mamba: "#2c6b9c", attention: "#ffa264", other: "#2f7f63",
        another: "#6f579b",
        letter: "#f4f6f8", attentionLetter: "#15191e")
}
