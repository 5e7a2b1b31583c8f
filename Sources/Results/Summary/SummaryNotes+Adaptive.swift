extension SummaryNotes {
    /// Where seeds were added on the way: by which rule p-values are corrected.
    var looks: [String] {
        guard let plan = summary.plan else { return [] }
        return [
            "Seeds were added while differences were looked at. p is corrected for a look after each of at most "
                + "\(plan.most) pairs (alpha spending, share (n/\(plan.most))^\(NumberFormat.plain.text(plan.power))) and "
                + "rounded up; intervals are not corrected, and stopping early makes them optimistic."
        ]
    }

    /// Where rows were stopped early: after which epoch, and that the others are not the better for it.
    var halved: [String] {
        guard let bracket = summary.bracket else { return [] }
        let stops = bracket.rungs.map { rung in
            "\(rung.stopped.count) of \(rung.rows) after epoch \(rung.epochs)"
        }
        let halted = "Rows were stopped by their validation \(summary.metric.name): \(stops.joined(separator: ", "))."
        guard summary.rows.contains(where: { summary.stop(of: $0) != nil }) else {
            return [halted + " All were trained to the end later."]
        }
        return [
            halted + " A stopped row has no test result, counts in Holm's correction all the same, and may be better "
                + "than one that went on; a plain run trains it to the end."
        ]
    }
}
