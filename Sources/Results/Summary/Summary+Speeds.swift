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

    /// Whether some trials computed blocks twice and some did not: their memory and training speed are no comparison.
    var isRecomputedInPart: Bool { 0 < recomputedTrials && recomputedTrials < measuredTrials }

    /// How many trials computed blocks twice, and how many have been measured.
    var recomputedTrials: Int { rows.compactMap(\.size?.recomputed).reduce(0, +) }
    var measuredTrials: Int { rows.compactMap(\.size?.trials).reduce(0, +) }
}

extension SummaryNotes {
    /// Says whose memory and speed are those of `--recompute`.
    var recomputed: [String] {
        guard summary.recomputedTrials > 0 else { return [] }
        let comparison =
            summary.isRecomputedInPart
            ? " Rows can't be compared by memory or training speed, and there is no front over the latter." : ""
        return [
            "\(summary.recomputedTrials) of \(summary.measuredTrials) trials were trained with `--recompute`: in less memory, "
                + "more slowly, with the same results.\(comparison)"
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
