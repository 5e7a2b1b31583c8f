extension ExperimentReader {
    /// Reads `select:`: the axes of the sweep of which each row shows the value that is best on validation.
    mutating func selectedAxes(_ node: FileNode, _ sweep: Sweep, _ rows: [ExpandedRow]) -> [String] {
        let nodes: [FileNode]
        if case .list(let elements) = node.content { nodes = elements } else { nodes = [node] }
        var axes: [String] = []
        for node in nodes {
            guard case .text(let name)? = file.value(node, as: .name, written: FileKeys.select, called: "`select`")
            else { continue }
            let known = sweep.axes.map(\.name)
            guard known.contains(name) else {
                file.error(
                    "the sweep has no axis `\(name)` to select from", at: node.place,
                    remedy: nearestWord(to: name, in: known).map { "write `\($0)`" }
                        ?? "add `sweep: {axes: {\(name): […]}}` with the values to choose from")
                continue
            }
            guard !axes.contains(name) else {
                file.error("`select` lists `\(name)` twice", at: node.place, remedy: "delete one of them")
                continue
            }
            axes.append(name)
        }
        if !axes.isEmpty, let row = rows.first(where: { $0.row.dataset.validation == 0 })?.row {
            file.error(
                "`select` chooses on validation, and `\(row.entry)` has no validation examples", at: node.place,
                remedy: "write `validation: 1000` under `dataset`")
        }
        return axes
    }

    /// The rows of the table once a value of each selected axis is chosen: one for each group of rows that differ in
    /// nothing else.
    func grouped(_ rows: [ExpandedRow], without axes: [String]) -> [ExpandedRow] {
        guard !axes.isEmpty else { return rows }
        var names: Set<String> = []
        return rows.compactMap { expanded in
            let row = expanded.row.without(axes)
            return names.insert(row.name).inserted ? ExpandedRow(row: row, draft: expanded.draft) : nil
        }
    }
}
