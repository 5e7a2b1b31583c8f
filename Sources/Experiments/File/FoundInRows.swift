/// What is wrong with rows, each mistake once however many rows of a sweep share it.
struct FoundInRows {
    private var places: [Diagnostic: Int] = [:]
    private var found: [(diagnostic: Diagnostic, rows: [String])] = []

    /// Notes a finding that does not name its row.
    mutating func add(_ diagnostic: Diagnostic, row: String) {
        if let place = places[diagnostic] {
            if found[place].rows.last != row { found[place].rows.append(row) }
        } else {
            places[diagnostic] = found.count
            found.append((diagnostic, [row]))
        }
    }

    /// The findings in the order in which they were first made, with the rows that they are in.
    var all: [Diagnostic] {
        found.map { diagnostic, rows in
            var diagnostic = diagnostic
            diagnostic.message += ", in `\(rows[0])`"
            if rows.count > 1 {
                diagnostic.message += " and \(rows.count - 1) more \(rows.count == 2 ? "row" : "rows")"
            }
            return diagnostic
        }
    }
}
