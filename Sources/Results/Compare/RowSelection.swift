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
    /// Every row of every experiment, in order, with its layout.
    private func allRows() throws -> [(selection: RowSelection, layout: String)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT e.name AS experiment, r.name AS "row", r.layout AS layout FROM experiment e
                    JOIN experiment_row r ON r.experiment = e.id AND r.removed_at IS NULL
                    WHERE e.removed_at IS NULL ORDER BY e.id, r.position
                    """
            ).map { (RowSelection(experiment: $0["experiment"], row: $0["row"]), $0["layout"]) }
        }
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
