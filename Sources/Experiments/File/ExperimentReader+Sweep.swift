extension ExperimentReader {
    /// Reads `sweep:`; axes that nothing uses are reported.
    mutating func sweep(_ node: FileNode, drafts: [RowDraft]) -> Sweep {
        var sweep = Sweep()
        let entries = file.section(node, keys: FileKeys.sweep, called: "`sweep`")
        let nodes = Dictionary(entries.map { ($0.key.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        if let axes = nodes["axes"] {
            sweep.axes = self.axes(axes, drafts)
        }
        sweep.groups = groups(nodes["pair"], sweep.axes)
        if let exclude = nodes["exclude"] {
            sweep.exclusions = exclusions(exclude, sweep.axes, drafts)
        }
        return sweep
    }

    private mutating func axes(_ node: FileNode, _ drafts: [RowDraft]) -> [SweepAxis] {
        let remedy = "write `axis: [value, value]` lines under it, such as `train.lr: [1e-3, 3e-3]`"
        guard let entries = file.mapping(node, called: "`axes`", remedy: remedy) else { return [] }
        if entries.isEmpty { file.error("`axes` is empty", at: node.place, remedy: remedy) }
        let layoutAxes = Set(drafts.flatMap(\.template.axes))
        var axes: [SweepAxis] = []
        for entry in entries {
            guard let name = file.text(of: entry.key) else { continue }
            let key = SettingKey.named(name)
            guard key != nil || layoutAxes.contains(name) else {
                reportUnknownAxis(name, entry.key, layoutAxes)
                continue
            }
            if let key { refuseOwnSettings(of: drafts, key, entry.key) }
            guard let values = axisValues(entry.value, key: key, called: "the axis `\(name)`") else { continue }
            axes.append(SweepAxis(name: name, key: key, place: entry.key.place, values: values))
        }
        return axes
    }

    private mutating func reportUnknownAxis(_ name: String, _ node: FileNode, _ layoutAxes: Set<String>) {
        let candidates = layoutAxes.sorted() + SettingKey.all.map(\.path)
        var remedy = "use it in a layout as `{\(name)}`, or write a setting's path, such as `train.lr`"
        let bare = name.filter { !"{}".contains($0) }
        if bare != name, !bare.isEmpty {
            remedy = "write `\(bare)`: braces stand in layouts only, as `{\(bare)}`"
        } else if let section = FileKeys.places(of: name).first {
            remedy = "write `\(section).\(name)`"
        } else if let near = nearestWord(to: name, in: candidates) {
            remedy = "write `\(near)`"
        }
        file.error(
            "no layout has an axis \(node.description), and no setting is called so", at: node.place, remedy: remedy)
    }

    private mutating func refuseOwnSettings(of drafts: [RowDraft], _ key: SettingKey, _ node: FileNode) {
        for draft in drafts where draft.own.contains(key.path) {
            file.error(
                "the row `\(draft.name)` sets `\(key.path)` itself, and the sweep varies it",
                at: draft.settings.places[key.path] ?? node.place,
                remedy: "delete it here, or take the axis out of `sweep`")
        }
    }

    private mutating func axisValues(_ node: FileNode, key: SettingKey?, called name: String) -> [SweepAxis.Value]? {
        guard case .list(let nodes) = node.content, !nodes.isEmpty else {
            let found = if case .list = node.content { "has no values" } else { "can't be \(node.description)" }
            file.error(
                "\(name) \(node.isEmpty ? "has no values" : found)", at: node.place,
                remedy: "write a list of values, such as `[1e-3, 3e-3]`")
            return nil
        }
        var values: [SweepAxis.Value] = []
        var seen: Set<String> = []
        for node in nodes {
            let value: SweepAxis.Value
            if let key {
                guard let setting = file.value(node, of: key) else { continue }
                value = SweepAxis.Value(text: node.text ?? setting.description, setting: setting)
            } else {
                guard case .text(let text)? = file.value(node, as: .text, called: "a value of \(name)") else {
                    continue
                }
                value = SweepAxis.Value(text: text, setting: nil)
            }
            if seen.insert(value.text).inserted {
                values.append(value)
            } else {
                file.error("\(name) lists `\(value.text)` twice", at: node.place, remedy: "delete one of them")
            }
        }
        return values.count == nodes.count ? values : nil
    }

    /// Every axis in one group: those of a `pair` together, the others alone, in the order of the axes.
    private mutating func groups(_ node: FileNode?, _ axes: [SweepAxis]) -> [[Int]] {
        var groups: [[Int]] = []
        var taken: Set<Int> = []
        for node in list(node, called: "`pair`", remedy: "write lists of axes, such as `[[a, b]]`") {
            let remedy = "write two or more axes, such as `[a, b]`"
            let names = list(node, called: "an entry of `pair`", remedy: remedy)
            if case .list = node.content, names.count < 2 {
                file.error("an entry of `pair` has fewer than two axes", at: node.place, remedy: remedy)
            }
            var group: [Int] = []
            for name in names {
                guard let axis = self.axis(name, axes) else { continue }
                if !taken.insert(axis).inserted {
                    file.error("the axis \(name.description) is paired twice", at: name.place, remedy: "pair it once")
                } else if let first = group.first, axes[axis].values.count != axes[first].values.count {
                    file.error(
                        "the axis `\(axes[axis].name)` has \(axes[axis].values.count) values and `\(axes[first].name)` "
                            + "has \(axes[first].values.count)", at: name.place,
                        remedy: "give paired axes equally many values")
                } else {
                    group.append(axis)
                }
            }
            groups.append(group)
        }
        groups += axes.indices.filter { !taken.contains($0) }.map { [$0] }
        return groups.filter { !$0.isEmpty }.sorted { $0[0] < $1[0] }
    }

    private mutating func axis(_ node: FileNode, _ axes: [SweepAxis]) -> Int? {
        if let name = node.text, let place = axes.firstIndex(where: { $0.name == name }) { return place }
        let near = node.text.flatMap { nearestWord(to: $0, in: axes.map(\.name)) }
        file.error(
            "the sweep has no axis \(node.description)", at: node.place,
            remedy: near.map { "write `\($0)`" } ?? "write one of "
                + axes.map { "`\($0.name)`" }.joined(separator: ", "))
        return nil
    }

    private mutating func exclusions(_ node: FileNode, _ axes: [SweepAxis], _ drafts: [RowDraft]) -> [Sweep.Exclusion] {
        let remedy = "write lists of values to leave out, such as `[{train.lr: 1e-2}]`"
        return list(node, called: "`exclude`", remedy: remedy).compactMap { node in
            guard let entries = file.mapping(node, called: "an entry of `exclude`", remedy: remedy) else { return nil }
            if entries.isEmpty { file.error("an entry of `exclude` is empty", at: node.place, remedy: remedy) }
            var row: String?
            var values: [(axis: Int, value: Int)] = []
            for entry in entries {
                if entry.key.text == "layout" {
                    row = excludedRow(entry.value, drafts)
                } else if let axis = axis(entry.key, axes), let value = excludedValue(entry.value, axes[axis]) {
                    values.append((axis, value))
                }
            }
            let isComplete = values.count + (row == nil ? 0 : 1) == entries.count && !entries.isEmpty
            return isComplete ? Sweep.Exclusion(row: row, values: values, place: node.place) : nil
        }
    }

    private mutating func excludedRow(_ node: FileNode, _ drafts: [RowDraft]) -> String? {
        if let name = node.text, drafts.contains(where: { $0.name == name }) { return name }
        let near = node.text.flatMap { nearestWord(to: $0, in: drafts.map(\.name)) }
        file.error(
            "no row is called \(node.description)", at: node.place,
            remedy: near.map { "write `\($0)`" } ?? "write the name of an entry of `layouts`")
        return nil
    }

    private mutating func excludedValue(_ node: FileNode, _ axis: SweepAxis) -> Int? {
        if let key = axis.key {
            guard let value = file.value(node, of: key) else { return nil }
            if let place = axis.values.firstIndex(where: { $0.setting == value }) { return place }
        } else if let place = axis.values.firstIndex(where: { $0.text == node.text }) {
            return place
        }
        file.error(
            "the axis `\(axis.name)` has no value \(node.description)", at: node.place,
            remedy: "write one of " + axis.values.prefix(8).map { "`\($0.text)`" }.joined(separator: ", "))
        return nil
    }

    /// The elements of a list; none, and a report, where something else stands.
    mutating func list(_ node: FileNode?, called name: String, remedy: String) -> [FileNode] {
        guard let node else { return [] }
        if case .list(let nodes) = node.content, !nodes.isEmpty { return nodes }
        let isList = if case .list = node.content { true } else { false }
        let found = isList || node.isEmpty ? "\(name) is empty" : "\(name) can't be \(node.description)"
        file.error(found, at: node.place, remedy: remedy)
        return []
    }
}
