import Experiments
import Results

/// Why a stored trial's result would be reused by a run, or why not, in sentences.
enum ReuseReasons {
    /// - Parameter stored: the trial that the database has under the identity that is asked for; nil for none.
    static func of(_ stored: StoredTrial?) -> [String] {
        guard let stored else {
            return ["Not reused: no stored trial has the same value in every field, so a run trains it."]
        }
        let isOwn = stored.state == .done && stored.removedAt == nil
        var reasons = [
            isOwn ? "It is done: a run whose trial has the same value in every field reuses it." : verdict(stored)
        ]
        if stored.engine != TrialSpecification.currentEngine {
            reasons.append(
                "It was trained by engine \(stored.engine); this program has engine "
                    + "\(TrialSpecification.currentEngine), so no file asks for it any more.")
        }
        if let selected = stored.selected {
            let version = selected.codeVersion.map { "ablate \($0)" } ?? "an unknown version of ablate"
            reasons.append(
                "Attempt \(selected.number), by \(version) on \(selected.processor ?? "an unknown processor"). "
                    + "Version, processor and threads are not compared: within an engine they change no result.")
        }
        return reasons
    }

    /// What becomes of a trial that is asked for and stored, one sentence.
    static func verdict(_ stored: StoredTrial) -> String {
        if let removed = stored.removedAt {
            return
                "Not reused: it was removed on \(removed.prefix(10)); a run trains it anew, `ablate restore` brings it "
                + "back."
        }
        let latest = stored.attempts.last { $0.removedAt == nil }
        let because = latest?.message ?? latest?.reason ?? "the reason was not stored"
        switch stored.state {
        case .done: return "Reused: it is done, and every field is the same."
        case .queued: return "Not reused: it is queued and has no result yet; a run trains it."
        case .running: return "Not trained a second time: another process has it in hand."
        case .failed, .diverged:
            return
                "No result to reuse: it \(stored.state.rawValue) (\(because)); a run leaves it so, `ablate retry` trains "
                + "it again."
        case .interrupted, .lost:
            return "No result to reuse: it was \(stored.state.rawValue) (\(because)); a run takes it up again."
        }
    }

    /// A value as people read it: of a digest the beginning.
    static func shown(_ value: String?) -> String? {
        guard let value, value.count == 64, value.allSatisfy(\.isHexDigit) else { return value }
        return value.prefix(12) + "…"
    }
}
