/// Which rows of `v_trials` to print, which of their columns, and in which order.
public struct ResultQuery: Hashable, Sendable {
    /// A comparison of a column with a value: `layout=M A`, `accuracy>0.9`, `row~half`.
    public struct Condition: Hashable, Sendable {
        public enum Operation: String, CaseIterable, Hashable, Sendable {
            case atLeast = ">="
            case atMost = "<="
            case differs = "!="
            case equals = "="
            case above = ">"
            case below = "<"
            /// Contains the text, upper and lower case alike.
            case contains = "~"
        }

        public var column: String
        public var operation: Operation
        public var value: String

        public init(column: String, operation: Operation, value: String) {
            self.column = column
            self.operation = operation
            self.value = value
        }

        /// Reads `column operator value`.
        ///
        /// - Throws: ``StoreError`` of kind `query` for a text without operator and for an unknown column.
        public init(parsing text: String) throws {
            let marks = text.indices.filter { "<>=!~".contains(text[$0]) }
            guard let start = marks.first,
                let operation = Operation.allCases.first(where: { text[start...].hasPrefix($0.rawValue) })
            else {
                throw StoreError(
                    .query, "\"\(text)\" is not a condition",
                    remedy: "Write a column, one of = != < <= > >= ~, and a value: 'accuracy>0.9'")
            }
            func trimmed(_ text: Substring) -> String {
                String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            column = try ResultQuery.checked(trimmed(text[..<start]))
            self.operation = operation
            value = trimmed(text[text.index(start, offsetBy: operation.rawValue.count)...])
        }
    }

    /// Nil for all experiments.
    public var experiment: String?
    public var conditions: [Condition]
    /// Nil for the usual ones.
    public var columns: [String]?
    /// Columns to sort by; a minus sign before the name for the highest first.
    public var sort: [String]
    public var limit: Int?

    public init(
        experiment: String? = nil, conditions: [Condition] = [], columns: [String]? = nil, sort: [String] = [],
        limit: Int? = nil
    ) {
        self.experiment = experiment
        self.conditions = conditions
        self.columns = columns
        self.sort = sort
        self.limit = limit
    }

    /// The columns that may be asked for, with their meaning.
    public static let availableColumns = SchemaReference.views[0].columns

    static let usualColumns = [
        "experiment", "row", "seed", "state", "value", "metric", "selected_epoch", "parameters", "wall_seconds",
        "layout", "reason",
    ]

    /// The name, if it is a column.
    static func checked(_ name: String) throws -> String {
        guard availableColumns.contains(where: { $0.name == name }) else {
            throw StoreError(
                .query, "there is no column \"\(name)\"",
                remedy: "Columns: \(availableColumns.map(\.name).joined(separator: ", "))")
        }
        return name
    }
}
