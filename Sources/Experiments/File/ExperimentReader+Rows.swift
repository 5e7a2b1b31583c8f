extension ExperimentReader {
    /// The entries of `layouts:`; those whose layout can't be read are reported and left out.
    mutating func rows(_ node: FileNode, shared: SettingsDraft) -> [RowDraft] {
        let remedy = "write `name: layout` lines under it, such as `last-half: C | C | M4 A4 | M2 A2`"
        guard let entries = file.mapping(node, called: "`layouts`", remedy: remedy) else { return [] }
        if entries.isEmpty {
            file.error("`layouts` is empty", at: node.place, remedy: remedy)
        }
        var drafts: [RowDraft] = []
        for entry in entries {
            guard let name = name(entry.key, called: "a row's name") else { continue }
            if name == "source" {
                file.error(
                    "a row can't be called `source`", at: entry.key.place,
                    remedy: "choose another name: `published: {source: …}` says where a paper's numbers are from")
            }
            if let draft = row(name, entry, shared: shared) {
                drafts.append(draft)
            } else {
                unreadRows.insert(name)
            }
        }
        return drafts
    }

    private mutating func row(_ name: String, _ entry: FileNode.Entry, shared: SettingsDraft) -> RowDraft? {
        var settings = shared
        var own: Set<String> = []
        var layout = entry.value
        switch entry.value.content {
        case .scalar: break
        case .list:
            file.error(
                "the row `\(name)` can't be a list", at: entry.value.place,
                remedy: "write a layout, such as `C | C | M4 A4 | M2 A2`, or a section with `layout:`")
            return nil
        case .mapping:
            var written: FileNode?
            for (key, value) in file.section(entry.value, keys: FileKeys.row, called: "the row `\(name)`") {
                if case .section(let keys) = key.shape {
                    own.formUnion(read(value, keys, called: "`\(key.name)`", into: &settings))
                } else {
                    written = value
                }
            }
            guard let written else { return nil }
            layout = written
        }
        guard let template = template(layout, row: name) else { return nil }
        return RowDraft(
            name: name, place: entry.key.place, layout: layout, template: template, settings: settings, own: own)
    }

    private mutating func template(_ node: FileNode, row: String) -> LayoutTemplate? {
        guard let text = node.text, !node.isEmpty else {
            let found =
                node.text == nil ? "the layout of `\(row)` can't be \(node.description)" : "`\(row)` has no layout"
            file.error(found, at: node.place, remedy: "write a layout, such as `C | C | M4 A4 | M2 A2`")
            return nil
        }
        do {
            let origin = TextOrigin(
                file: file.source.file, line: node.place.line, column: node.place.column,
                fileLines: node.place.excerpt == nil ? nil : file.source.lines)
            return try LayoutParser(vocabulary: vocabulary).template(text, at: origin)
        } catch {
            if let remedy = remedy(forForeign: text) {
                file.error("the layout of `\(row)` is in another notation", at: node.place, remedy: remedy)
            } else {
                for diagnostic in error.all { file.add(shortened(diagnostic)) }
            }
            return nil
        }
    }

    /// What to do about a layout in Megatron's notation or by a published network's name; nil for anything else.
    private func remedy(forForeign text: String) -> String? {
        if text.hasPrefix("mambavision") {
            return "`ablate describe \(ShellText.quoted(text)) --notation ablate` prints its layout"
        }
        guard text.contains(where: { "*-".contains($0) }), !text.contains(where: \.isLowercase) else { return nil }
        do {
            let layout = try LayoutParser(vocabulary: vocabulary).layout(text, dialect: .megatron)
            return "it is Megatron's: write `\(try layout.text(in: .ablate, vocabulary))`"
        } catch {
            return nil
        }
    }

    /// The diagnostic without an excerpt that would fill the screen.
    func shortened(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic
        if let excerpt = diagnostic.place?.excerpt, excerpt.utf8.count > 500 { diagnostic.place?.excerpt = nil }
        return diagnostic
    }

    /// Reports axes of layouts that the sweep gives no values.
    mutating func refuseAxesWithoutValues(_ drafts: [RowDraft], _ sweep: Sweep) {
        let known = sweep.axes.map(\.name)
        for draft in drafts {
            for axis in draft.template.axes where !known.contains(axis) {
                unreadRows.insert(draft.name)
                file.error(
                    "the axis `{\(axis)}` of `\(draft.name)` has no values", at: draft.layout.place,
                    remedy: nearestWord(to: axis, in: known).map { "write `{\($0)}`" }
                        ?? "add `sweep: {axes: {\(axis): [1, 2]}}` with the values to try")
            }
        }
    }
}
