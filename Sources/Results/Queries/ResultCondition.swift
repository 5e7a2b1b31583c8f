import GRDB

extension ResultQuery {
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
        /// Empty, with `=` or `!=`, for no value at all.
        public var value: String

        public init(column: String, operation: Operation, value: String) {
            self.column = column
            self.operation = operation
            self.value = value
        }

        /// Reads `column operator value`.
        ///
        /// - Throws: ``StoreError`` of kind `query` for a text without operator, for an unknown column, and for a word
        ///   where the column holds numbers.
        public init(parsing text: String) throws {
            guard let start = text.firstIndex(where: { "<>=!~".contains($0) }),
                let operation = Operation.allCases.first(where: { text[start...].hasPrefix($0.rawValue) })
            else {
                throw StoreError(
                    .query, "\"\(text)\" is not a condition",
                    remedy: "Write a column, one of = != < <= > >= ~, and a value: 'accuracy>0.9'")
            }
            column = try ResultColumn(named: text[..<start].trimmed).name
            self.operation = operation
            value = text[text.index(start, offsetBy: operation.rawValue.count)...].trimmed
            _ = try operand()
        }

        /// The comparison as SQL with one `?` for each value in `arguments`.
        func sql(_ arguments: inout [any DatabaseValueConvertible]) throws -> String {
            let expression = try ResultColumn(named: column).sql
            switch operation {
            case .equals where value.isEmpty: return "\(expression) IS NULL"
            case .differs where value.isEmpty: return "\(expression) IS NOT NULL"
            case .contains:
                arguments.append(value)
                return "instr(lower(\(expression)), lower(?)) > 0"
            case .differs, .equals, .atLeast, .atMost, .above, .below:
                arguments.append(try operand())
                return "\(expression) \(operation == .differs ? "IS NOT" : operation.rawValue) ?"
            }
        }

        /// Whether a share is compared with more than 1, as who thinks in per cent would.
        var isBeyondAShare: Bool {
            SummaryMetric(parsing: column).isShare && (Double(value) ?? 0) > 1
        }

        /// The value as what the column holds; shares may be given in percent.
        private func operand() throws -> any DatabaseValueConvertible {
            let column = try ResultColumn(named: column)
            guard column.content != .text, operation != .contains else { return value }
            if let integer = Int(value) { return integer }
            if let number = Double(value) { return number }
            if value.hasSuffix("%"), let percent = Double(value.dropLast().trimmed) { return percent / 100 }
            if column.content == .setting {
                // SQLite's JSON gives the two as numbers.
                if let flag = Bool(value) { return flag ? 1 : 0 }
                return value
            }
            guard value.isEmpty, [.equals, .differs].contains(operation) else {
                throw StoreError(
                    .query, "\"\(self.column)\" holds numbers, and \"\(value)\" is none",
                    remedy: "Write a number, such as '\(self.column)>0.5'")
            }
            return value
        }
    }
}

extension StringProtocol {
    /// The text without spaces around it.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
