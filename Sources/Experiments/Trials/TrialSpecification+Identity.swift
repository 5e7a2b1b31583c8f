extension TrialSpecification {
    /// The three groups of settings together.
    public var settings: TrialSettings {
        TrialSettings(dataset: dataset, backbone: backbone, train: train)
    }

    /// What tells this trial apart from others.
    public var identity: TrialIdentity {
        TrialIdentity(digest: SHA256Digest(of: canonicalJSON))
    }

    /// The text that is hashed to the identity: one flat JSON object, sorted keys, defaults filled in, paths left out.
    public var canonicalJSON: String { CanonicalForm(self).json }

    /// One field in which two trials differ.
    public struct Difference: Hashable, Sendable {
        /// The field with dots, as the file writes it: `train.lr`.
        public var field: String
        /// This trial's value; nil where the field is not set or has no effect.
        public var mine: String?
        public var theirs: String?

        public init(field: String, mine: String?, theirs: String?) {
            self.field = field
            self.mine = mine
            self.theirs = theirs
        }
    }

    /// The fields in which two canonical forms differ, sorted by name.
    public static func differences(_ mine: [String: String], _ theirs: [String: String]) -> [Difference] {
        Set(mine.keys).union(theirs.keys).sorted().compactMap { field in
            mine[field] == theirs[field] ? nil : Difference(field: field, mine: mine[field], theirs: theirs[field])
        }
    }
}
