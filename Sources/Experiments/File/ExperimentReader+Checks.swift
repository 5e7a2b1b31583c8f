extension ExperimentReader {
    private static let listedDuplicates = 20

    /// Reports what no key alone shows: sizes that don't fit together, settings without effect, rows that are the same.
    mutating func check(_ rows: [ExpandedRow], _ drafts: [RowDraft]) {
        var effects: [Diagnostic.Place: Effect] = [:]
        var checked: Set<CheckedSizes> = []
        let conditional = drafts.map { draft in
            SettingKey.conditional.filter { draft.settings.places[$0.path] != nil }
        }
        var found = FoundInRows()
        for expanded in rows {
            let (row, draft) = (expanded.row, drafts[expanded.draft])
            note(&effects, row.settings, draft.settings.places, conditional[expanded.draft])
            var check = SizeCheck(row: row, draft: draft, vocabulary: vocabulary)
            let sizes = CheckedSizes(
                draft: expanded.draft, layout: row.canonicalLayout, backbone: row.backbone, dataset: row.dataset)
            if checked.insert(sizes).inserted { check.checkSizes() }
            check.checkTraining()
            for finding in check.findings { found.add(finding, row: row.name) }
        }
        for finding in found.all { file.add(finding) }
        for (place, effect) in effects where !effect.isFelt {
            file.warning(
                "`\(effect.key.path)` has no effect here", at: place,
                remedy: "delete it: it is used only where \(effect.key.condition?.summary ?? "it applies")")
        }
        if !file.hasErrors { warnOfEqualRows(rows) }
    }

    /// What a check of sizes depends on.
    private struct CheckedSizes: Hashable {
        let draft: Int
        let layout: String
        let backbone: BackboneSettings
        let dataset: DatasetSettings
    }

    /// A written setting that matters only under a condition, and whether some row meets it.
    private struct Effect {
        let key: SettingKey
        var isFelt: Bool
    }

    private func note(
        _ effects: inout [Diagnostic.Place: Effect], _ settings: TrialSettings, _ places: [String: Diagnostic.Place],
        _ keys: [SettingKey]
    ) {
        for key in keys {
            guard let place = places[key.path], let condition = key.condition else { continue }
            let holds = condition.holds(settings)
            if effects[place] == nil { effects[place] = Effect(key: key, isFelt: false) }
            if holds { effects[place]?.isFelt = true }
        }
    }

    /// What makes rows the same: the layout, and the settings that have an effect.
    private struct RowKey: Hashable {
        let layout: String
        let settings: TrialSettings
    }

    private mutating func warnOfEqualRows(_ rows: [ExpandedRow]) {
        var first: [RowKey: Int] = [:]
        first.reserveCapacity(rows.count)
        var warned = 0
        for (number, expanded) in rows.enumerated() {
            let row = expanded.row
            let settings = row.settings.effective(stages: row.layout.stages.count)
            let key = RowKey(layout: row.canonicalLayout, settings: settings)
            guard let earlier = first[key] else {
                first[key] = number
                continue
            }
            warned += 1
            if warned > ExperimentReader.listedDuplicates { continue }
            file.warning(
                "`\(row.name)` and `\(rows[earlier].row.name)` are the same layout with the same settings "
                    + "(`\(row.canonicalLayout)`)", at: row.place,
                remedy: "their trials run once and serve both; delete one if that is not meant")
        }
        if warned > ExperimentReader.listedDuplicates {
            file.warning(
                "\(warned - ExperimentReader.listedDuplicates) more rows are the same as others", at: nil,
                remedy: "`ablate plan` lists the trials that rows share")
        }
    }
}
