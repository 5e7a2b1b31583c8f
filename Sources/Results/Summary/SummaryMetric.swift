import Experiments

/// The metric of a summary and how it is read.
public struct SummaryMetric: Hashable, Sendable {
    public var name: String
    public var split: String
    /// The part of the split that is meant, such as `pairs=4`; empty for the whole.
    public var part: String

    public init(name: String, split: String = "test", part: String = "") {
        self.name = name
        self.split = split
        self.part = part
    }

    /// Reads `accuracy` or `accuracy pairs=4`, as the file writes it, or `validation accuracy`.
    public init(parsing text: String) {
        var words = text.split(separator: " ", maxSplits: 1).map(String.init)
        var split = Split.test
        if words.count > 1, let named = words.first.flatMap(Split.init(rawValue:)) {
            split = named
            words = words[1].split(separator: " ", maxSplits: 1).map(String.init)
        }
        self.init(
            name: words.first ?? "accuracy", split: split.rawValue, part: words.count > 1 ? words[1] : "")
    }

    /// Losses and errors are better when they are lower.
    public var higherIsBetter: Bool {
        !["loss", "error", "perplexity"].contains { name == $0 || name.hasSuffix("-\($0)") }
    }

    /// Whether it is a share of 1 that papers print in percent.
    public var isShare: Bool {
        ["accuracy", "iou", "precision"].contains { name == $0 || name.hasSuffix("-\($0)") }
    }

    /// `test accuracy, %`.
    public var title: String {
        "\(split) \(name)" + (part.isEmpty ? "" : " \(part)") + (isShare ? ", %" : "")
    }

    var format: NumberFormat { isShare ? .percent(2) : .fixed(4) }
    var differenceFormat: NumberFormat { isShare ? .signedPercent(2) : .signed(4) }

    /// A size of a difference in words: `0.35 points`.
    func words(_ difference: Double, hasUnit: Bool = true) -> String {
        format.text(difference) + (isShare && hasUnit ? " points" : "")
    }
}
