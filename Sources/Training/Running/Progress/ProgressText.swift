import Experiments

extension Duration {
    /// Two units at most: `4 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
    package var brief: String {
        let seconds = Int(components.seconds)
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400)
        if seconds < 60 { return "\(seconds) s" }
        if hours == 0 { return minutes < 10 ? "\(minutes) min \(seconds % 60) s" : "\(minutes) min" }
        if days == 0 { return "\(hours) h \(minutes % 60) min" }
        return "\(days) d \(hours % 24) h"
    }
}

extension [Metric] {
    /// The metric of this name, or name and part, that a result is: of the test split where it is there, else of the
    /// validation split.
    func shown(_ name: String) -> Metric? {
        let named = filter { $0.fullName == name }
        return [Split.test, .validation, .train].lazy.compactMap { split in named.first { $0.split == split } }.first
    }

    /// The same of a trial that is still being trained: validation, the whole of it where it has no such part, because who
    /// watches a run must not choose by test numbers. Others only where there is no validation.
    func shownWhileTraining(_ name: String) -> Metric? {
        let whole = name.prefix { $0 != " " }
        return first { $0.split == .validation && $0.fullName == name }
            ?? first { $0.split == .validation && $0.fullName == whole } ?? shown(name)
    }
}

extension Metric {
    /// The name and the part: `accuracy pairs=4`.
    var fullName: String { part.isEmpty ? name : "\(name) \(part)" }

    /// `test accuracy 0.912`.
    var text: String { "\(split.rawValue) \(fullName) \(shortValue)" }

    /// Three digits behind the point.
    var shortValue: String {
        guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
        let thousandths = Int((abs(value) * 1000).rounded())
        let fraction = String(thousandths % 1000)
        let zeros = String(repeating: "0", count: 3 - fraction.count)
        return (value < 0 ? "-" : "") + "\(thousandths / 1000).\(zeros)\(fraction)"
    }
}

extension String {
    /// The text, cut with an ellipsis where it is longer than `length` characters.
    func shortened(to length: Int) -> String {
        if count <= length { return self }
        return length < 2 ? "" : prefix(length - 1) + "…"
    }
}
