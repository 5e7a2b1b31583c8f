import Experiments

/// Rows with named, typed columns: what every command prints and every format renders.
public struct Table: Hashable, Sendable {
    public var title: String?
    /// By which a text refers to it: `placement-recall`, of which LaTeX makes `tab:placement-recall`.
    public var name: String?
    /// A line below the title: the question, the metric.
    public var subtitle: String?
    public var columns: [Column]
    public var rows: [[Cell]]
    /// Sentences below the table.
    public var notes: [String]
    /// Rows before which a thin rule stands, where the format has it: what follows is of another kind.
    public var rulesBefore: Set<Int> = []

    public init(
        title: String? = nil, subtitle: String? = nil, columns: [Column], rows: [[Cell]], notes: [String] = []
    ) {
        precondition(rows.allSatisfy { $0.count == columns.count }, "Table: every row has one cell for each column")
        self.title = title
        self.subtitle = subtitle
        self.columns = columns
        self.rows = rows
        self.notes = notes
    }

    /// The table without the columns that only CSV and JSON have.
    var forPeople: Table {
        let shown = columns.indices.filter { !columns[$0].isRaw }
        var table = self
        table.columns = shown.map { columns[$0] }
        table.rows = rows.map { row in shown.map { row[$0] } }
        return table
    }

    /// The table with the columns of these names alone, in this order, all of which people are shown.
    ///
    /// - Throws: ``StoreError`` for a name that no column has.
    func choosing(_ names: [String]) throws -> Table {
        let places = try names.map { name in
            guard let place = columns.firstIndex(where: { $0.name == name }) else {
                let nearest = nearestWord(to: name, in: columns.map(\.name)).map { "Did you mean \($0)? " } ?? ""
                throw StoreError(
                    .query, "the table has no column \"\(name)\"",
                    remedy: "\(nearest)Columns: \(columns.map(\.name).joined(separator: ", "))")
            }
            return place
        }
        var table = self
        table.columns = places.map { columns[$0] }
        for place in table.columns.indices {
            table.columns[place].isRaw = false
            if case .drop = table.columns[place].narrowing { table.columns[place].narrowing = .keep }
        }
        table.rows = rows.map { row in places.map { row[$0] } }
        return table
    }

    /// What stands in a column and how it is shown.
    public struct Column: Hashable, Sendable {
        public enum Alignment: String, Hashable, Sendable {
            case left, right
            /// Numbers one below the other by their decimal points.
            case decimal
        }

        /// How a terminal that is too narrow gets rid of a column.
        public enum Narrowing: Hashable, Sendable {
            /// It stays, and its text may be cut.
            case keep
            /// It stays, and its text is cut before another column goes.
            case shorten
            /// It is listed below the table, one line a row.
            case list
            /// It is left out; the highest number goes first.
            case drop(Int)
        }

        /// The name in CSV and JSON: `wall_seconds`.
        public var name: String
        /// The heading for people: `time`.
        public var title: String
        /// The unit of the raw values in CSV and JSON: `s`, `images/s`.
        public var unit: String?
        public var alignment: Alignment
        public var format: NumberFormat
        public var narrowing: Narrowing
        /// Whether only CSV and JSON have the column.
        public var isRaw: Bool
        /// How many characters of a text people are shown, where its beginning says enough; nil for all.
        public var shownCharacters: Int?

        public init(
            _ name: String, title: String? = nil, unit: String? = nil, alignment: Alignment = .left,
            format: NumberFormat = .plain, narrowing: Narrowing = .keep, isRaw: Bool = false
        ) {
            self.name = name
            self.title = title ?? name
            self.unit = unit
            self.alignment = alignment
            self.format = format
            self.narrowing = narrowing
            self.isRaw = isRaw
        }
    }

    /// One value. Numbers stay numbers until a format writes them.
    public struct Cell: Hashable, Sendable {
        public enum Value: Hashable, Sendable {
            case empty
            case text(String)
            case integer(Int)
            case number(Double)
            case flag(Bool)
            /// Two bounds; CSV and JSON give them as two values.
            case interval(ClosedRange<Double>)
            /// So many of so many: `5/8`; CSV and JSON give them as two values.
            case fraction(Int, of: Int)
        }

        public var value: Value
        /// Bold, where the format has it.
        public var isEmphasized: Bool
        /// What follows the value for people: a sign that a note explains.
        public var mark: String
        /// How a terminal with colours shows it; the words say the same.
        public var tone: Tone?

        public enum Tone: Hashable, Sendable {
            case good, bad, notable
        }

        public init(_ value: Value, isEmphasized: Bool = false, mark: String = "", tone: Tone? = nil) {
            self.value = value
            self.isEmphasized = isEmphasized
            self.mark = mark
            self.tone = tone
        }

        public static let empty = Cell(.empty)
        public static func text(_ text: String?) -> Cell { Cell(text.map(Value.text) ?? .empty) }
        public static func integer(_ integer: Int?) -> Cell { Cell(integer.map(Value.integer) ?? .empty) }
        public static func number(_ number: Double?) -> Cell { Cell(number.map(Value.number) ?? .empty) }
        public static func interval(_ interval: ClosedRange<Double>?) -> Cell {
            Cell(interval.map(Value.interval) ?? .empty)
        }
    }
}
