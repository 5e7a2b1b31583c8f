import Experiments

/// The sentences below a summary's table: what is missing, what is unequal, what the test cannot show.
struct SummaryNotes {
    let summary: Summary

    init(_ summary: Summary) {
        self.summary = summary
    }

    var all: [String] {
        split + missing + removed + selection + looks + halved + diverged + unreachable + detectable + sizes
            + recomputed + speeds
            + repeats
            + published
    }

    /// Numbers that a choice may have seen are no test of it.
    private var split: [String] {
        guard summary.metric.split != Split.test.rawValue else { return [] }
        return [
            "These are \(summary.metric.split) numbers, which choices may have been made by; claims are for test numbers."
        ]
    }

    private var missing: [String] {
        let outcomes = summary.rows.filter { summary.stop(of: $0) == nil }.flatMap(\.outcomes)
        let waiting = outcomes.filter { $0.state != .done && $0.state != .diverged }
        guard !waiting.isEmpty else { return [] }
        let counts = TrialState.allCases.compactMap { state in
            let count = waiting.count { $0.state == state }
            return count > 0 ? "\(count) \(state.rawValue)" : nil
        }
        return [
            "Not complete: \(waiting.count) of \(outcomes.count) trials have no result "
                + "(\(counts.joined(separator: ", ")))."
        ]
    }

    private var removed: [String] {
        let count = summary.removedTrials
        guard count > 0 else { return [] }
        let lacking = summary.rows.compactMap { row -> String? in
            let seeds = summary.seeds.filter { seed in !row.outcomes.contains { $0.seed == seed } }
            return seeds.isEmpty
                ? nil
                : "\(row.name) \(seeds.count == 1 ? "seed" : "seeds") \(seeds.map(String.init).joined(separator: ", "))"
        }
        // With added seeds rows have different ones anyway.
        let names = summary.plan == nil && !lacking.isEmpty ? " (\(lacking.joined(separator: "; ")))" : ""
        return [
            "\(count) \(count == 1 ? "trial was" : "trials were") removed by a person and "
                + "\(count == 1 ? "counts" : "count") nowhere\(names)."
        ]
    }

    private var selection: [String] { summary.selection.map { [$0] } ?? [] }

    private var diverged: [String] {
        summary.rows.compactMap { row in
            let seeds = row.outcomes.filter { $0.state == .diverged }.map { String($0.seed) }
            guard !seeds.isEmpty else { return nil }
            if row.hasOnlyDiverged { return "† \(row.name) diverged with every seed, so it has no mean." }
            let word = seeds.count == 1 ? "seed" : "seeds"
            return "† \(row.name): \(word) \(seeds.joined(separator: ", ")) diverged; counted among its seeds, without "
                + "a value, so the mean is over the others."
        }
    }

    private var unreachable: [String] {
        Comparison.outOfReach(summary.rows.compactMap(\.comparison)).map {
            ["\($0) Verdicts follow p, also where an interval leaves out 0."]
        } ?? []
    }

    private var detectable: [String] {
        let comparisons = summary.rows.compactMap(\.comparison)
        let differences = comparisons.compactMap(\.detectableDifference).sorted()
        guard let least = differences.first, let most = differences.last, most > 0 else { return [] }
        let low = summary.metric.words(least, hasUnit: false)
        let high = summary.metric.words(most, hasUnit: false)
        let size = summary.metric.words(most)
        let range = low == high ? size : "\(low) to \(size), depending on the row"
        return ["A true difference is found four times in five if it is at least \(range)."]
    }

    /// "Same size" is often untrue: rows whose parameters differ from the reference's by more than half a percent.
    private var sizes: [String] {
        guard let reference = summary.rows.first(where: \.isReference)?.size?.parameters, reference > 0 else {
            return []
        }
        let unequal = summary.rows.compactMap { row -> String? in
            guard let parameters = row.size?.parameters else { return nil }
            let change = Double(parameters - reference) / Double(reference)
            guard abs(change) > 0.005 else { return nil }
            return "\(row.name) \(CellText.minusSigned(NumberFormat.signedPercent(1).text(change))) %"
        }
        guard !unequal.isEmpty else { return [] }
        return ["Parameters differ from \(summary.reference)'s: \(unequal.joined(separator: ", "))."]
    }

    /// Rows that are the same trials under two names.
    private var repeats: [String] {
        var first: [[String]: String] = [:]
        return summary.rows.compactMap { row in
            let identities = row.outcomes.map(\.identity)
            guard !identities.isEmpty else { return nil }
            if let name = first[identities] {
                return "\(row.name) and \(name) are the same layout and settings: their trials are the same."
            }
            first[identities] = row.name
            return nil
        }
    }

    private var published: [String] {
        guard summary.rows.contains(where: { $0.published != nil }), let source = summary.publishedSource else {
            return []
        }
        return ["Published values: \(source)."]
    }
}
