extension StoreReader {
    /// The answer to a query as a table: one line a trial, or one a group with mean, standard deviation and number.
    ///
    /// - Throws: ``StoreError`` for what the query names and the database does not have.
    public func resultTable(_ query: ResultQuery) throws -> Table {
        var table = query.groups.isEmpty ? try trialTable(query) : try groupTable(query)
        if table.rows.isEmpty {
            let shares = query.conditions.filter(\.isBeyondAShare).map { "\($0.column) runs from 0 to 1" }
            table.notes.append(
                (["No trial is like that"] + shares).joined(separator: "; ")
                    + (shares.isEmpty ? "." : ": write 90% or 0.9."))
        } else if table.columns.contains(where: { $0.name == "value" }) {
            let metrics = try metrics(query)
            if let metric = metrics.first, metrics.count == 1 {
                table.subtitle = "value is test \(metric) at the selected epoch"
            }
        }
        return table
    }

    private func trialTable(_ query: ResultQuery) throws -> Table {
        let result = try results(query)
        var table = Table(result)
        table.columns = try result.columns.enumerated().map { position, name in
            let narrowing: Table.Column.Narrowing = position == 0 ? .shorten : .drop(position)
            return Table.Column(result: try ResultColumn(named: name), narrowing: narrowing)
        }
        if query.columns == nil { table.leaveOutTheUsual(isOneExperiment: query.experiment != nil) }
        for (row, column) in result.rows.indices.flatMap({ row in table.columns.indices.map { (row, $0) } })
        where table.columns[column].name == "state" {
            table.rows[row][column].tone = Table.Cell.Tone(state: result.rows[row][column])
        }
        return table
    }

    private func groupTable(_ query: ResultQuery) throws -> Table {
        let groups = try ResultGroups(self, query)
        var columns = groups.columns.enumerated().map { position, column in
            Table.Column(result: column, narrowing: position == 0 ? .shorten : .drop(position - 100))
        }
        columns.append(Table.Column("trials", alignment: .right, narrowing: .drop(1000)))
        for (position, measure) in groups.measures.enumerated() {
            let mean = Table.Column(result: measure, narrowing: .drop(3 * position))
            var (spread, number) = (mean, Table.Column("\(measure.name)_n", title: "n", alignment: .right))
            (spread.name, spread.title, spread.narrowing) = ("\(measure.name)_sd", "± sd", .drop(3 * position + 1))
            number.narrowing = .drop(3 * position + 2)
            columns += [mean, spread, number]
            columns[columns.count - 3].name = "\(measure.name)_mean"
        }
        let rows = groups.groups.map { group in
            group.key.map(Table.Cell.init(query:)) + [.integer(group.trials)]
                + group.spreads.flatMap {
                    [.number($0.mean), .number($0.standardDeviation), .integer($0.values.count)]
                }
        }
        return Table(columns: columns, rows: rows)
    }
}

extension Table {
    /// Without being asked for, people are not shown what every line of theirs repeats; programs always get it.
    fileprivate mutating func leaveOutTheUsual(isOneExperiment: Bool) {
        for index in columns.indices {
            switch columns[index].name {
            case "experiment": columns[index].isRaw = isOneExperiment
            case "metric": columns[index].isRaw = isOneExperiment
            case "layout": columns[index].narrowing = .drop(1000)
            case "reason":
                columns[index].isRaw = rows.allSatisfy { $0[index].value == .empty }
                columns[index].narrowing = .drop(1)
            default: break
            }
        }
    }
}

extension Table.Cell.Tone {
    /// Good where there is a result, bad where there will be none without a person.
    init?(state: QueryValue) {
        guard case .text(let text) = state, let state = TrialState(rawValue: text) else { return nil }
        self.init(state: state)
    }

    /// Good where there is a result, bad where there will be none without a person.
    public init?(state: TrialState) {
        switch state {
        case .done: self = .good
        case .failed, .diverged: self = .bad
        case .running, .interrupted, .lost: self = .notable
        case .queued: return nil
        }
    }
}
