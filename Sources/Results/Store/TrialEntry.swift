import Experiments

/// One trial as the store takes it: which row uses it, its identity and what it is.
public struct TrialEntry: Hashable, Sendable {
    /// The name of the experiment's row.
    public var row: String
    /// SHA-256 (hex) of `canonical`.
    public var identity: String
    /// The canonical JSON of the specification: the text that is hashed.
    public var canonical: String
    public var specification: TrialSpecification

    public init(row: String, identity: String, canonical: String, specification: TrialSpecification) {
        self.row = row
        self.identity = identity
        self.canonical = canonical
        self.specification = specification
    }
}

extension TrialEntry {
    /// One entry for each row and seed of an experiment's plan.
    public static func all(of plan: TrialPlan) -> [TrialEntry] {
        plan.entries.flatMap { entry in
            let canonical = entry.specification.canonicalJSON
            return entry.rows.map { row in
                TrialEntry(
                    row: row, identity: entry.identity.hexadecimal, canonical: canonical,
                    specification: entry.specification)
            }
        }
    }
}
