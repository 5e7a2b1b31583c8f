extension Summary {
    /// Networks of one size are as fast, but for noise; beyond this ratio some trials had other work beside them, or another machine.
    static let trustedSpeeds = 1.25

    /// The largest ratio of two speeds of rows with the same parameters and multiply–accumulates; nil where none are alike.
    func speedRatio(_ cost: CostFront.Cost) -> Double? {
        let sizes = rows.compactMap(\.size)
        let groups = Dictionary(grouping: sizes) { [$0.parameters, $0.multiplyAccumulates] }
        return groups.values.compactMap { group -> Double? in
            let speeds = group.compactMap(cost.measured)
            guard speeds.count > 1, let least = speeds.min(), let most = speeds.max() else { return nil }
            return most / least
        }.max()
    }

    /// Whether rows can be compared by the cost: sizes are exact, speeds depend on what else the machine did.
    func isTrusted(_ cost: CostFront.Cost) -> Bool {
        !isNoisy(cost) && !(cost == .trainingTime && isRecomputedInPart)
    }

    /// Whether speeds of like rows differ by more than can be trusted.
    func isNoisy(_ cost: CostFront.Cost) -> Bool {
        cost.isTime && (speedRatio(cost) ?? 1) > Summary.trustedSpeeds
    }

    /// Whether some trials computed blocks twice and others did not or may not have: their memory and training speed are no
    /// comparison.
    var isRecomputedInPart: Bool {
        let kinds = Set(recomputations)
        return kinds.contains(.yes) && kinds.count > 1
    }

    /// Of each trial that was measured, whether it computed blocks twice.
    var recomputations: [SeedOutcome.Recomputation] {
        let known = rows.flatMap(\.outcomes).compactMap { outcome in
            outcome.recomputation.map { (outcome.identity, $0) }
        }
        return Array(Dictionary(known, uniquingKeysWith: { first, _ in first }).values)
    }
}

extension SummaryNotes {
    /// Says whose memory and speed are those of `--recompute`.
    var recomputed: [String] {
        let kinds = summary.recomputations
        let (twice, unknown) = (kinds.count { $0 == .yes }, kinds.count { $0 == .unknown })
        guard twice > 0 else { return [] }
        let older = unknown > 0 ? " Of \(unknown) it is not known, since an older version trained them." : ""
        let comparison =
            summary.isRecomputedInPart
            ? " Rows can't be compared by memory or training speed, and there is no front over the latter." : ""
        return [
            "\(twice) of \(kinds.count) trials were trained with `--recompute`, in their last attempt at least: in less memory, more slowly, "
                + "with the same results.\(older)\(comparison)"
        ]
    }

    /// Says where speeds are no comparison of rows.
    var speeds: [String] {
        let doubtful = [CostFront.Cost.trainingTime, .inferenceTime].compactMap { cost -> String? in
            guard summary.isNoisy(cost), let ratio = summary.speedRatio(cost) else { return nil }
            return "\(NumberFormat.fixed(ratio, 1)) times in \(cost == .trainingTime ? "training" : "inference")"
        }
        guard !doubtful.isEmpty else { return [] }
        return [
            "Networks of one size differ in speed by up to \(doubtful.joined(separator: " and ")): some trials had other work "
                + "beside them or another machine, so speeds say little, and there is no front over them. `ablate bench` "
                + "measures alone."
        ]
    }
}
