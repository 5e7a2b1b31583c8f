import Experiments
import GRDB

/// A row of an experiment that a person has named.
public struct RowSelection: Hashable, Sendable {
    public var experiment: String
    public var row: String

    public init(experiment: String, row: String) {
        self.experiment = experiment
        self.row = row
    }
}

extension StoreReader {
    /// Every row of every experiment, in order, with its layout, as summaries show them: where an experiment selects an axis
    /// of its sweep, one row stands for all of the axis's values.
    /// The rows of its values can be named, too; they have no layout here, which would mean more than one row.
    private func allRows() throws -> [(selection: RowSelection, layout: String?)] {
        try read { database in
            let experiments = try Row.fetchAll(
                database,
                sql:
                    "SELECT id, name, selected_axes <> '[]' AS selects FROM experiment WHERE removed_at IS NULL ORDER BY id"
            )
            return try experiments.flatMap { experiment -> [(RowSelection, String?)] in
                let name: String = try experiment.value("name")
                let rows = try StoreReader.rows(
                    experiment.value("id"), selects: experiment.value("selects"), database)
                return rows.map { (RowSelection(experiment: name, row: $0.name), $0.layout) }
            }
        }
    }

    private static func rows(
        _ experiment: Int64, selects: Bool, _ database: Database
    ) throws -> [(name: String, layout: String?)] {
        guard !selects else {
            let facts = try SummaryFacts(experiment: experiment, metric: nil, database)
            let selected = facts.selected().rows
            return selected.map { ($0.name, $0.layout) }
                + facts.rows.filter { row in !selected.contains { $0.name == row.name } }.map { ($0.name, nil) }
        }
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT name, layout FROM experiment_row WHERE experiment = ? AND removed_at IS NULL ORDER BY position
                """, arguments: [experiment])
        return try rows.map { (try $0.value("name"), try $0.value("layout")) }
    }

    /// The two rows that a person means by a row's name, `experiment/row`, or a layout in its canonical form.
    ///
    /// - Parameter experiment: where to look; nil for the one experiment that has both.
    /// - Throws: ``StoreError`` of kind `unknown` where nothing or more than one thing is meant.
    public func rows(
        matching first: String, _ second: String, experiment: String? = nil
    ) throws -> (RowSelection, RowSelection) {
        if let experiment { _ = try read { try self.experiment(experiment, $0) } }
        let rows = try allRows().filter { experiment == nil || $0.selection.experiment == experiment }
        func matches(_ text: String) throws -> [RowSelection] {
            let full = rows.filter { "\($0.selection.experiment)/\($0.selection.row)" == text }
            let named = full.isEmpty ? rows.filter { $0.selection.row == text } : full
            let found = (named.isEmpty ? rows.filter { $0.layout == text } : named).map(\.selection)
            guard found.isEmpty else { return found }
            let names = rows.map(\.selection.row) + rows.map { "\($0.selection.experiment)/\($0.selection.row)" }
            let nearest = nearestWord(to: text, in: names).map { "Did you mean \($0)? " } ?? ""
            throw StoreError(
                .unknown, "no row is called \"\(text)\" or has that layout",
                remedy: nearest + "Write a row's name, EXPERIMENT/ROW, a layout, or two experiments: "
                    + "`ablate results --group-by experiment,row` lists them")
        }
        let (firsts, seconds) = (try matches(first), try matches(second))
        let pairs = firsts.flatMap { one in seconds.map { (one, $0) } }
        let together = pairs.filter { $0.0.experiment == $0.1.experiment }
        let candidates = together.isEmpty ? pairs : together
        guard candidates.count == 1, let pair = candidates.first else {
            let names = candidates.prefix(4).map { "\($0.experiment)/\($0.row) and \($1.experiment)/\($1.row)" }
            throw StoreError(
                .unknown,
                "several rows are meant: \(names.joined(separator: "; "))\(candidates.count > 4 ? "; …" : "")",
                remedy: "Say which with --experiment NAME, or write EXPERIMENT/ROW")
        }
        guard pair.0 != pair.1 else {
            throw StoreError(
                .unknown, "both are the row \(pair.0.row) of \(pair.0.experiment)", remedy: "Name two rows")
        }
        return pair
    }
}
