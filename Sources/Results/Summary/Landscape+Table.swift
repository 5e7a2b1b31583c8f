extension Landscape {
    /// The chart: one line for each position, with a bar from 0.
    public func table() -> Table {
        let columns = [
            Table.Column("position"),
            Table.Column("placements", alignment: .right, narrowing: .drop(1)),
            Table.Column("with", alignment: .decimal, format: metric.format),
            Table.Column("without", alignment: .decimal, format: metric.format),
            Table.Column("difference", title: "Δ", alignment: .decimal, format: metric.differenceFormat),
            Table.Column("interval", title: "95 % interval", alignment: .right, format: metric.differenceFormat),
            Table.Column("bar", title: ""),
        ]
        let largest = positions.compactMap(\.effect.mean).map { abs($0) }.max() ?? 0
        let hasSets = (positions.map(\.set).max() ?? 0) > 0
        let rows = positions.map { position in
            [
                Table.Cell.text(
                    hasSets ? "set \(position.set + 1), block \(position.place)" : "block \(position.place)"),
                .integer(position.count), .number(position.with), .number(position.without),
                .number(position.effect.mean), .interval(position.effect.interval()),
                .text(Landscape.bar(position.effect.mean ?? 0, largest: largest)),
            ]
        }
        return Table(title: "Landscape: \(name)", subtitle: subtitle, columns: columns, rows: rows, notes: [])
    }

    private var subtitle: String {
        let when = epoch.map { " after epoch \($0)" } ?? ""
        let seedWord = seeds.count == 1 ? "seed" : "seeds"
        return
            "\(metric.title)\(when); marginal means over \(placements.count) placements and \(seeds.count) \(seedWord), with a "
            + "placed block at the position and without\(amongEquals); the unit of the interval is the seed"
    }

    /// Where placements place unequal numbers of blocks: that only equals are compared.
    var amongEquals: String {
        Set(placements.map { $0.places.map(\.count) }).count > 1 ? ", among placements of as many blocks" : ""
    }

    /// A bar of at most six blocks on each side of the axis: `   ███│      `.
    static func bar(_ value: Double, largest: Double) -> String {
        let side = 6
        let length = largest > 0 ? Int((abs(value) / largest * Double(side)).rounded()) : 0
        let bar = String(repeating: "█", count: length)
        let rest = String(repeating: " ", count: side - length)
        let none = String(repeating: " ", count: side)
        return value < 0 ? rest + bar + "│" + none : none + "│" + bar + rest
    }
}
