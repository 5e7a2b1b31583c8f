extension Bracket {
    /// One line a row, those that came furthest first: its validation metric at each rung, and where it was stopped.
    public func table() -> Table {
        let columns =
            [Table.Column("row")]
            + rungs.map { rung in
                Table.Column(
                    "epoch_\(rung.epochs)", title: "epoch \(rung.epochs)", alignment: .decimal, format: metric.format)
            } + [Table.Column("stopped_after", title: "stopped", unit: "epochs", alignment: .right)]
        return Table(
            title: "Successive halving",
            subtitle: "\(metric.title) after each rung; the best go on, and so do the reference and rows of claims",
            columns: columns,
            rows: ranking.map { row in
                [Table.Cell.text(row)]
                    + rungs.map { rung in .number(rung.outcomes.first { $0.row == row }?.value) }
                    + [.integer(stop(of: row))]
            })
    }

    /// The rows by the last rung that they reached; there those that went on first, by their places.
    private var ranking: [String] {
        var ranked: [String] = []
        for rung in rungs.reversed() {
            let order = rung.outcomes.sorted { ($0.place ?? .max) < ($1.place ?? .max) }
            ranked += order.filter { $0.decision != .stopped }.map(\.row).filter { !ranked.contains($0) }
            ranked += order.map(\.row).filter { !ranked.contains($0) }
        }
        return ranked
    }
}
