import Foundation
import Testing

@testable import Results

/// Every number in every table of the page is the one that `summary --format json` gives, in full and as it is shown.
@Suite struct EveryNumberTests {
    @Test(arguments: NumberSample.allCases)
    func thePageSaysWhatTheJSONSays(_ sample: NumberSample) throws {
        let store = try sample.store()
        let summary = try Summary(store.reader, experiment: sample.experiment, baselines: sample.baselines)
        let report = try Report(store.reader, summary, vocabulary: reportVocabulary)
        let json = try AnyJSON.object(summary.render(.json))
        let facts = ReportFacts(json: json, reader: store.reader, experiment: sample.experiment)
        let page = try PageReader(report.page)
        let tables = try PageTable.all(page)
        #expect(tables.map(\.name).filter { !$0.hasSuffix("-numbers") } == sample.tables)
        #expect(
            tables.map(\.name).filter { $0.hasSuffix("-numbers") }.count == report.figures.count { $0.name != "pairs" })
        var checked = 0
        for table in tables {
            for row in table.rows.indices {
                for (column, cell) in table.cells(row) {
                    let expected = try facts.expected(table, row, column)
                    #expect(check(cell, expected), "\(table.name) \(column) \(row): \(cell) is not \(expected)")
                    checked += 1
                }
            }
        }
        #expect(checked > 200)
        try agreement(page, facts)
        // CSV of a figure has the same numbers, because it is the same table.
        for figure in report.figures {
            let lines = TableFormat.csv.render(figure.data).split(separator: "\r\n")
            #expect(lines.count == figure.data.rows.count + 1, "\(figure.name)")
        }
        try Samples.remove(store.path)
    }

    /// Kendall's τ stands in no table.
    private func agreement(_ page: PageReader, _ facts: ReportFacts) throws {
        let found = page.all("dd").compactMap { $0.attributes["data-value"].flatMap(Double.init) }
        let agreement = facts.json["agreement"] as? [String: Any]
        let values = ["tau_b", "low", "high"].compactMap { ReportFacts.number(agreement?[$0]) }
        #expect(found == values)
    }

    private func check(_ cell: PageTable.Cell, _ expected: ReportFacts.Expected) -> Bool {
        switch expected {
        case .number(let value):
            guard let value = ReportFacts.number(value) else { return cell.value == nil }
            return cell.value == value && shows(cell.text, value)
        case .range(let low, let high):
            guard let low = ReportFacts.number(low), let high = ReportFacts.number(high) else {
                return cell.value == nil
            }
            let ends = cell.text.dropFirst().dropLast().split(separator: ", ").map(String.init)
            return cell.value == low && cell.second == high && ends.count == 2 && shows(ends[0], low)
                && shows(ends[1], high)
        case .fraction(let part, let whole):
            return cell.text == "\(part)/\(whole)" && cell.value == Double(part) && cell.second == Double(whole)
        case .words(let words):
            // A layout stands behind its picture, whose tooltips are words too.
            return cell.value == nil
                && (words.isEmpty ? cell.text.isEmpty : cell.text.hasPrefix(words) || cell.text.hasSuffix(words))
        case .flag(let flag):
            return cell.value == flag.map { $0 ? 1 : 0 } && cell.text == (flag.map { $0 ? "yes" : "no" } ?? "")
        }
    }
}
