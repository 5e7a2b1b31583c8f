/// A row of the table with the entry of `layouts:` that it comes from.
struct ExpandedRow {
    var row: Experiment.Row
    /// The number of the entry among the drafts.
    let draft: Int
}

extension ExperimentReader {
    /// More trials than these are refused: no store and no patience is made for them.
    static let mostTrials = 1_000_000

    /// The rows of the table: every entry with every combination of the axes that it uses.
    mutating func expandedRows(_ drafts: [RowDraft], _ sweep: Sweep, seeds: Int) -> [ExpandedRow] {
        var rows: [ExpandedRow] = []
        var names: Set<String> = []
        var used = Set<Int>()
        for (number, draft) in drafts.enumerated() {
            guard draft.template.axes.allSatisfy({ name in sweep.axes.contains { $0.name == name } }) else { continue }
            var expansion = RowExpansion(draft: draft, sweep: sweep, vocabulary: vocabulary)
            let size = expansion.size(limit: ExperimentReader.mostTrials)
            guard (size + rows.count) <= ExperimentReader.mostTrials / max(1, seeds) else {
                file.error(
                    "the experiment has more than \(ExperimentReader.mostTrials) trials", at: draft.place,
                    remedy: "take values out of the sweep, or use fewer seeds")
                return []
            }
            for row in expansion.rows() where names.insert(row.name).inserted {
                rows.append(ExpandedRow(row: row, draft: number))
            }
            if !expansion.problems.isEmpty { unreadRows.insert(draft.name) }
            for diagnostic in expansion.problems { file.add(shortened(diagnostic)) }
            used.formUnion(expansion.usedExclusions)
        }
        for (number, exclusion) in sweep.exclusions.enumerated() where !used.contains(number) && !file.hasErrors {
            file.warning(
                "this entry of `exclude` leaves nothing out", at: exclusion.place,
                remedy: "delete it, or correct the combination")
        }
        if rows.isEmpty, !file.hasErrors, let exclusion = sweep.exclusions.first {
            file.error("`exclude` leaves no row", at: exclusion.place, remedy: "exclude less")
        }
        return rows
    }
}

/// Expands one entry of `layouts:`.
private struct RowExpansion {
    let draft: RowDraft
    let sweep: Sweep
    let vocabulary: Vocabulary
    private let groups: [[Int]]
    private var layouts: [String: [(layout: Layout, canonical: String, label: String?)]] = [:]
    private(set) var problems: [Diagnostic] = []
    private(set) var usedExclusions: Set<Int> = []

    init(draft: RowDraft, sweep: Sweep, vocabulary: Vocabulary) {
        self.draft = draft
        self.sweep = sweep
        self.vocabulary = vocabulary
        groups = sweep.groups.filter { group in
            group.contains { RowExpansion.concerns(sweep.axes[$0], draft) }
        }
    }

    private static func concerns(_ axis: SweepAxis, _ draft: RowDraft) -> Bool {
        axis.key != nil || draft.template.axes.contains(axis.name)
    }

    /// The combinations of axes, or something above the limit.
    func size(limit: Int) -> Int {
        groups.reduce(1) { size, group in
            min(limit + 1, size * (group.first.map { sweep.axes[$0].values.count } ?? 1))
        }
    }

    mutating func rows() -> [Experiment.Row] {
        var rows: [Experiment.Row] = []
        var choice = [Int](repeating: 0, count: groups.count)
        while true {
            appendRows(choice, to: &rows)
            // The last group changes fastest.
            guard let next = groups.indices.last(where: { choice[$0] + 1 < count(groups[$0]) }) else { return rows }
            choice[next] += 1
            for later in groups.indices where later > next { choice[later] = 0 }
        }
    }

    private func count(_ group: [Int]) -> Int {
        group.first.map { sweep.axes[$0].values.count } ?? 1
    }

    private mutating func appendRows(_ choice: [Int], to rows: inout [Experiment.Row]) {
        var chosen: [(axis: Int, value: Int)] = []
        for (group, value) in zip(groups, choice) {
            for axis in group where RowExpansion.concerns(sweep.axes[axis], draft) { chosen.append((axis, value)) }
        }
        chosen.sort { $0.axis < $1.axis }
        if isExcluded(chosen) { return }
        var settings = draft.settings.settings
        var axes: [Experiment.Axis] = []
        var layoutValues: [String: String] = [:]
        for (axis, value) in chosen {
            let (axis, value) = (sweep.axes[axis], sweep.axes[axis].values[value])
            if let key = axis.key, let setting = value.setting {
                key.set(setting, in: &settings)
            } else {
                layoutValues[axis.name] = value.text
            }
            axes.append(Experiment.Axis(name: axis.name, value: value.text))
        }
        for expanded in layouts(layoutValues) {
            let placement = expanded.label.map { [Experiment.Axis(name: "placement", value: $0)] } ?? []
            var row = Experiment.Row(
                name: Experiment.Row.name(draft.name, axes + placement), layout: expanded.layout,
                canonicalLayout: expanded.canonical, axes: axes + placement, dataset: settings.dataset,
                backbone: settings.backbone, train: settings.train)
            row.entry = draft.name
            row.place = draft.place
            row.datasetPlace = draft.settings.places["dataset.path"] ?? draft.settings.places["dataset.name"]
            rows.append(row)
        }
    }

    private mutating func isExcluded(_ chosen: [(axis: Int, value: Int)]) -> Bool {
        var isExcluded = false
        for (number, exclusion) in sweep.exclusions.enumerated()
        where (exclusion.row ?? draft.name) == draft.name
            && exclusion.values.allSatisfy({ value in chosen.contains { $0 == value } })
        {
            usedExclusions.insert(number)
            isExcluded = true
        }
        return isExcluded
    }

    /// The layouts of the template with these values; each set of values is read once.
    private mutating func layouts(
        _ values: [String: String]
    ) -> [(layout: Layout, canonical: String, label: String?)] {
        let key = draft.template.axes.map { values[$0] ?? "" }.joined(separator: "\u{0}")
        if let known = layouts[key] { return known }
        var all: [(layout: Layout, canonical: String, label: String?)] = []
        do {
            all = try draft.template.expand(axisValues: values).map {
                ($0.layout, $0.layout.canonical(vocabulary), $0.label)
            }
        } catch {
            problems += error.all
        }
        layouts[key] = all
        return all
    }
}
