/// What a trial is called in sentences and tables: the rows that it serves, and its seed.
public struct TrialLabel: Hashable, Sendable, CustomStringConvertible {
    public var rows: [String]
    public var seed: Int

    public init(rows: [String], seed: Int) {
        self.rows = rows
        self.seed = seed
    }

    /// `last-half`, or `first = same` where two rows are the same trial.
    public var row: String { rows.joined(separator: " = ") }

    /// `last-half, seed 3`.
    public var description: String { "\(row), seed \(seed)" }
}

extension TrialPlan.Entry {
    /// What the trial is called.
    public var label: TrialLabel { TrialLabel(rows: rows, seed: specification.seed) }
}
