import Foundation
import Testing

import Results

/// What `ablate results` prints.
@Suite struct ResultTableTests {
    /// The table that these words of a command line would give.
    private func table(
        _ reader: StoreReader, _ conditions: [String] = [], columns: [String]? = nil, sort: [String] = [],
        groups: [String] = [], limit: Int? = nil
    ) throws -> Table {
        try reader.resultTable(
            ResultQuery(
                experiment: "hybrid-pattern", conditions: conditions.map(ResultQuery.Condition.init(parsing:)),
                columns: columns, sort: sort, groups: groups, limit: limit))
    }

    private func values(_ table: Table) -> [[Table.Cell.Value]] {
        table.rows.map { $0.map(\.value) }
    }

    @Test func conditionsMustAllHold() throws {
        let store = try SummarySamples.store()
        let reader = store.reader
        func count(_ conditions: String...) throws -> Int { try table(reader, conditions).rows.count }
        #expect(try count("row=last-half") == 8)
        #expect(try count("layout=C | C | M8 | M4") == 8)
        #expect(try count("layout!=C | C | M8 | M4") == 24)
        #expect(try count("accuracy>0.92") == 3)
        #expect(try count("accuracy > 92 %") == 3)
        #expect(try count("accuracy>92%", "row=mixed") == 1)
        #expect(try count("value=") == 1)
        #expect(try count("value!=") == 31)
        #expect(try count("row~HALF", "seed<2") == 4)
        #expect(try count("row~%") == 0, "a percent sign is no wildcard")
        #expect(try count("row~_") == 0, "nor is an underscore")
        #expect(try count("state!=done") == 1)
        try Samples.remove(store.path)
    }

    @Test(arguments: [
        ("acuracy>0.9", "Did you mean accuracy? Columns: experiment, row, "), ("train.lrr=1", "Did you mean train.lr?"),
        ("accuracy", "Write a column, one of ="), ("accuracy>high", "Write a number"), ("seed=", nil),
        ("accuracy>", "Write a number"), ("x\" FROM trial --=1", "Columns: "),
    ])
    func mistakesNameTheRemedy(_ text: String, _ remedy: String?) throws {
        do {
            _ = try ResultQuery.Condition(parsing: text)
            #expect(remedy == nil)
        } catch let error as StoreError {
            #expect(error.kind == .query)
            #expect(remedy.map { error.remedy?.contains($0) == true } == true, "\(error)")
        }
    }

    @Test func theTypesOfColumnsAreTheDatabases() throws {
        let store = try SummarySamples.store()
        let names = ResultQuery.availableColumns.map(\.name)
        let kinds = names.map { "max(typeof(\"\($0)\") = 'text')" }.joined(separator: ", ")
        let row = try store.reader.query("SELECT \(kinds) FROM v_trials").rows[0]
        for (name, isText) in zip(names, row) {
            // What takes a word is filtered by words alone; a number elsewhere.
            let takesWords = (try? ResultQuery.Condition(parsing: "\(name)=word")) != nil
            #expect(takesWords == (isText == .integer(1)), "\(name)")
        }
        try Samples.remove(store.path)
    }

    @Test func groupsHaveMeanSpreadAndNumber() throws {
        let store = try SummarySamples.store()
        let table = try table(store.reader, columns: ["value"], sort: ["-value"], groups: ["row"])
        #expect(table.columns.map(\.name) == ["row", "trials", "value_mean", "value_sd", "value_n"])
        #expect(values(table).map { $0[0] } == ["last-half", "mixed", "first-half", "all-mamba"].map { .text($0) })
        #expect(values(table)[3][1] == .integer(8) && values(table)[3][4] == .integer(7), "one diverged")
        let summary = try store.reader.query(
            "SELECT mean, sd FROM v_summary WHERE \"row\" = 'all-mamba'"
        ).rows[0]
        guard case .number(let mean) = values(table)[3][2], case .number(let sd) = values(table)[3][3],
            case .real(let otherMean) = summary[0], case .real(let otherSD) = summary[1]
        else {
            Issue.record("mean and sd are numbers")
            return
        }
        #expect(abs(mean - otherMean) < 1e-12 && abs(sd - otherSD) < 1e-12)
        let top = try self.table(store.reader, sort: ["-value"], groups: ["row"], limit: 1)
        #expect(values(top).map { $0[0] } == [.text("last-half")])
        let bySeed = try self.table(store.reader, columns: ["value", "wall_seconds"], groups: ["seed", "state"])
        #expect(bySeed.rows.count == 9)
        try Samples.remove(store.path)
    }

    @Test func aSharedTrialCountsOnce() throws {
        var outcomes = SummarySamples.pattern
        outcomes.append(SummarySamples.pattern[0])
        outcomes[4].row = "the-same"
        let store = try SummarySamples.store(outcomes)
        let table = try table(store.reader, groups: ["layout"])
        #expect(table.rows.count == 4)
        #expect(values(table).allSatisfy { $0[1] == .integer(8) })
        try Samples.remove(store.path)
    }

    @Test(
        arguments: [
            (["row"], ["layout"], [], "columns of numbers"), (["rwo"], nil, [], "Did you mean row?"),
            (["row"], nil, ["seed"], "sorted by row, value"),
        ] as [([String], [String]?, [String], String)])
    func groupsRefuse(_ groups: [String], _ columns: [String]?, _ sort: [String], _ remedy: String) throws {
        let store = try SummarySamples.store(Array(SummarySamples.pattern.prefix(1)), claims: [])
        let error = #expect(throws: StoreError.self) {
            try table(store.reader, columns: columns, sort: sort, groups: groups)
        }
        #expect(error?.remedy?.contains(remedy) == true, "\(String(describing: error))")
        try Samples.remove(store.path)
    }

    @Test func peopleSeeWhatTellsThemSomething() throws {
        let store = try SummarySamples.store()
        let all = try table(store.reader)
        let text = TableFormat.table.render(all, style: TextStyle(width: 80))
        #expect(text.hasPrefix("value is test accuracy at the selected epoch\n\nrow "))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(text.contains("diverged") && text.contains("reason"))
        #expect(TableFormat.csv.render(all).hasPrefix("experiment,row,seed,state,value,metric,"))
        let good = try table(store.reader, ["state=done"])
        #expect(!TableFormat.table.render(good).contains("reason"), "nothing stands there")
        let nothing = try table(store.reader, ["seed>100"])
        #expect(TableFormat.table.render(nothing).contains("No trial is like that."))
        let coloured = TableFormat.table.render(all, style: TextStyle(width: 80, usesColor: true))
        #expect(coloured.contains("\u{1b}[32mdone") && coloured.contains("\u{1b}[31mdiverged"))
        try Samples.remove(store.path)
    }

    @Test func identitiesAreShortForPeopleOnly() throws {
        let store = try SummarySamples.store(Array(SummarySamples.pattern.prefix(1)), claims: [])
        let table = try table(store.reader, columns: ["identity"], limit: 1)
        #expect(TableFormat.table.render(table).contains("\nC | C | M4 A\n"))
        #expect(TableFormat.csv.render(table).contains("C | C | M4 A4 | M2 A2/0"))
        try Samples.remove(store.path)
    }

    @Test func longWordsAreShortenedBeforeAColumnGoes() {
        let long = String(repeating: "word", count: 12)
        let table = Table(
            columns: [.init("name"), .init("text", narrowing: .drop(1)), .init("number", narrowing: .drop(2))],
            rows: [[.text("a"), .text(long), .integer(1)]])
        let text = TableFormat.table.render(table, style: TextStyle(width: 50))
        #expect(text.contains("wordword…  1") || text.contains("…  1"), "\(text)")
        #expect(!text.contains("Not shown"))
        #expect(
            TableFormat.table.render(table, style: TextStyle(width: 32)).contains("Not shown at this width: number."))
    }
}
