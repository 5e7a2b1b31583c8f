import Experiments

/// Columns that the number tables of several figures have.
extension SummaryMetric {
    /// What its values lie between; nil where that is nothing in particular.
    var limits: ClosedRange<Double>? { isShare ? 0...1 : nil }

    /// A mean or a single value.
    func column(_ name: String, title: String? = nil) -> Table.Column {
        Table.Column(name, title: title, alignment: .decimal, format: format)
    }

    func intervalColumn(_ name: String = "mean_interval") -> Table.Column {
        Table.Column(name, title: "95 % interval", alignment: .right, format: format)
    }

    func differenceColumn(_ name: String, title: String? = nil) -> Table.Column {
        Table.Column(name, title: title, alignment: .decimal, format: differenceFormat)
    }
}

extension Summary {
    /// The rows that figures of results show: all but those that were stopped early.
    var shownRows: [SummaryRow] { rows.filter { stop(of: $0) == nil } }

    /// Says which rows a figure lacks; empty where it has all.
    var leftOut: String {
        let count = rows.count - shownRows.count
        guard count > 0 else { return "" }
        return " \(counted(count, "row")) stopped early \(count == 1 ? "is" : "are") left out."
    }

    /// Every seed that a row has, in the file's order, then those that were added.
    var allSeeds: [Int] {
        var seen: Set<Int> = []
        return (seeds + rows.flatMap { $0.outcomes.map(\.seed) }).filter { seen.insert($0).inserted }
    }
}
