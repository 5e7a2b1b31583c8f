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
        !cost.isTime || (speedRatio(cost) ?? 1) <= Summary.trustedSpeeds
    }
}

extension SummaryNotes {
    /// Says where speeds are no comparison of rows.
    var speeds: [String] {
        let doubtful = [CostFront.Cost.trainingTime, .inferenceTime].compactMap { cost -> String? in
            guard !summary.isTrusted(cost), let ratio = summary.speedRatio(cost) else { return nil }
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
