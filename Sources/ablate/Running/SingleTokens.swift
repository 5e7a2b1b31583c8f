import Experiments
import Networks

/// Stages in which a window has one token: nothing is mixed there, so it does not matter which mixer stands where.
enum SingleTokens {
    /// One warning for each entry of `layouts:` that has such a stage.
    static func warnings(_ rows: [ExperimentInput.PreparedRow]) -> [Diagnostic] {
        var warned: Set<String> = []
        return rows.compactMap { prepared in
            guard let stage = prepared.plan.stages.firstIndex(where: mixesNothing),
                warned.insert(prepared.row.entry).inserted
            else { return nil }
            return Diagnostic(
                .warning,
                "stage \(stage + 1) of `\(prepared.row.name)` has one token, so its mixers have nothing to mix",
                at: prepared.row.place, remedy: "use fewer stages, smaller `strides` in the stem, or larger images")
        }
    }

    private static func mixesNothing(_ stage: NetworkPlan.Stage) -> Bool {
        let isSingle = (stage.height == 1 && stage.mapWidth == 1) || stage.window == 1
        return isSingle && stage.blocks.contains { !["conv", "identity"].contains($0.mixer) }
    }
}
