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

/// A trial that was given to this process, and to no other, to run.
public struct Assignment: Hashable, Sendable {
    public var identity: String
    /// The row of table `attempt` that this try fills.
    public var attempt: Int64
    /// Counts the tries of this trial from 1.
    public var number: Int
    /// The canonical JSON of the specification as it is stored.
    public var canonical: String
    /// The last epoch that an earlier attempt stored; 0 where there is none.
    public var lastEpoch: Int
    /// Whether earlier attempts were removed, so that nothing that they left may be used.
    public var startsAnew: Bool

    public init(
        identity: String, attempt: Int64, number: Int, canonical: String, lastEpoch: Int, startsAnew: Bool = false
    ) {
        self.identity = identity
        self.attempt = attempt
        self.number = number
        self.canonical = canonical
        self.lastEpoch = lastEpoch
        self.startsAnew = startsAnew
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
