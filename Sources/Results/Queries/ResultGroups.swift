/// Trials put together by what they have in common, with mean, standard deviation and number of each chosen column.
///
/// A trial that two rows or two experiments share counts once in a group.
struct ResultGroups {
    /// A few numbers of one column.
    struct Spread {
        let values: [Double]
        var mean: Double? { Moments.mean(values) }
        var standardDeviation: Double? { Moments.standardDeviation(values) }
    }

    struct Group {
        /// The values of the grouping columns.
        let key: [QueryValue]
        let trials: Int
        let spreads: [Spread]
    }

    let columns: [ResultColumn]
    let measures: [ResultColumn]
    private(set) var groups: [Group]

    /// - Throws: ``StoreError`` for columns of text among the measures, and for values of different metrics.
    init(_ reader: StoreReader, _ query: ResultQuery) throws {
        columns = try query.groups.map(ResultColumn.init(named:))
        measures = try (query.columns ?? ["value"]).map(ResultColumn.init(named:))
        if let text = measures.first(where: { $0.content == .text }) {
            throw StoreError(
                .query, "\"\(text.name)\" holds words, which have no mean",
                remedy: "With --group-by, --columns takes columns of numbers, such as value,wall_seconds")
        }
        let names = columns.map(\.name)
        if measures.contains(where: { $0.name == "value" }), !names.contains("metric"), !names.contains("experiment") {
            let metrics = try reader.metrics(query)
            guard metrics.count < 2 else {
                throw StoreError(
                    .query, "\"value\" is \(metrics.joined(separator: " in some experiments and ")) in others",
                    remedy: "Add experiment to --group-by, or name a column that means the same in all of them")
            }
        }
        let rows = try reader.rows(of: [ResultColumn(named: "identity")] + columns + measures, query).rows
        groups = ResultGroups.collect(rows, keys: columns.count)
        try sort(query)
        if let limit = query.limit { groups = Array(groups.prefix(limit)) }
    }

    /// - Parameter rows: identity, keys, measures.
    private static func collect(_ rows: [[QueryValue]], keys: Int) -> [Group] {
        var order: [[QueryValue]] = []
        var members: [[QueryValue]: [ArraySlice<QueryValue>]] = [:]
        var seen: Set<[QueryValue]> = []
        for row in rows where seen.insert(row).inserted {
            let key = Array(row[1...keys])
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(row[(keys + 1)...])
        }
        return order.map { key in
            let trials = members[key] ?? []
            let measures = trials.first?.indices ?? 0..<0
            return Group(
                key: key, trials: trials.count,
                spreads: measures.map { index in Spread(values: trials.compactMap { $0[index].number }) })
        }
    }

    private mutating func sort(_ query: ResultQuery) throws {
        for order in query.sort.map(ResultQuery.Order.init).reversed() {
            let value: (Group) -> QueryValue
            if let index = columns.firstIndex(where: { $0.name == order.name }) {
                value = { $0.key[index] }
            } else if let index = measures.firstIndex(where: { $0.name == order.name }) {
                value = { $0.spreads[index].mean.map { .real($0) } ?? .null }
            } else {
                let names = (columns + measures).map(\.name)
                throw StoreError(
                    .query, "the groups have no column \"\(order.name)\"",
                    remedy: "They can be sorted by \(names.joined(separator: ", "))")
            }
            // Swift's sort is stable, so later keys are sorted by first.
            groups.sort { first, second in
                let (first, second) = (value(first), value(second))
                if first == .null || second == .null { return first != .null && second == .null }
                return order.isDescending ? second.precedes(first) : first.precedes(second)
            }
        }
    }
}

extension QueryValue {
    /// Nil for what is no number.
    var number: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .real(let real): real
        case .null, .text, .blob: nil
        }
    }

    /// SQLite's order: numbers before text.
    func precedes(_ other: QueryValue) -> Bool {
        switch (self, other) {
        case (.text(let first), .text(let second)): first < second
        case (.text, _): false
        case (_, .text): number != nil
        default: (number ?? 0) < (other.number ?? 0)
        }
    }
}
