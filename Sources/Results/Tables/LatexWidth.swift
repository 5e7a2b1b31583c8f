/// About how wide Computer Modern sets a text: enough to know whether a table fits a page.
enum LatexWidth {
    /// The width of a column in ems.
    ///
    /// - Parameter words: the cells' words, in the cells' order.
    static func ems(_ title: String, _ cells: [Table.Cell], _ words: [String]) -> Double {
        zip(cells, words).reduce(ems(title)) { widest, entry in
            max(widest, ems(entry.1) * (entry.0.isEmphasized ? bold : 1))
        }
    }

    /// How much wider bold letters are.
    private static let bold = 1.15

    private static func ems(_ text: String) -> Double {
        text.reduce(0) { $0 + ems($1) }
    }

    /// Classes of letters by cmr10's metrics.
    private static func ems(_ character: Character) -> Double {
        switch character {
        case "0"..."9", "/", "▸", "†": 0.5
        case "i", "j", "l", ".", ",", ":", ";", "'", "!", "[", "]", "|": 0.28
        case " ", "f", "t", "r", "s", "(", ")", "-": 0.39
        case "m", "w", "=", "+", "−", "±", "≈", "<", ">", "×", "%", "Δ": 0.82
        case "a"..."z": 0.53
        case "A"..."Z": 0.74
        default: 1
        }
    }
}
