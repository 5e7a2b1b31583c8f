/// The formats in which rows are printed.
public enum TableFormat: String, CaseIterable, Hashable, Sendable {
    /// Aligned text for a terminal.
    case table
    case csv
    case tsv
    /// One object with columns, units, rows and notes.
    case json
    /// One object a row, one row a line.
    case jsonl
    case markdown
    /// A `tabular` in the style of the package booktabs.
    case latex

    /// The table as text that ends with a line break.
    public func render(_ table: Table, style: TextStyle = TextStyle()) -> String {
        switch self {
        case .table: TextTable(style: style).render(table.forPeople)
        case .csv: SeparatedTable.csv.render(table)
        case .tsv: SeparatedTable.tsv.render(table)
        case .json: JSONTable.render(table)
        case .jsonl: JSONTable.renderLines(table)
        case .markdown: MarkdownTable.render(table.forPeople)
        case .latex: LatexTable.render(table.forPeople)
        }
    }
}

/// How a terminal shows text.
public struct TextStyle: Hashable, Sendable {
    /// Columns of the terminal; nil for no limit.
    public var width: Int?
    /// Whether bold and faint may be used.
    public var usesColor: Bool
    /// Whether columns for which there is no room go without a word.
    public var isBrief: Bool

    public init(width: Int? = 80, usesColor: Bool = false, isBrief: Bool = false) {
        self.width = width
        self.usesColor = usesColor
        self.isBrief = isBrief
    }
}
