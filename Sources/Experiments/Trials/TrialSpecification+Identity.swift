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
    public var canonicalJSON: String {
        let (before, after) = canonicalForm.jsonAroundSeed
        return before + String(seed) + after
    }

    var canonicalForm: CanonicalForm {
        CanonicalForm(engine: engine, layout: layout, settings: settings)
    }

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

    /// The fields that make this trial another one than `other`, sorted by name; none where the identities are equal.
    public func differences(from other: TrialSpecification) -> [Difference] {
        let (mine, theirs) = (fieldTexts, other.fieldTexts)
        return Set(mine.keys).union(theirs.keys).sorted().compactMap { field in
            mine[field] == theirs[field] ? nil : Difference(field: field, mine: mine[field], theirs: theirs[field])
        }
    }

    private var fieldTexts: [String: String] {
        var texts = ["seed": String(seed)]
        for field in canonicalForm.fields {
            texts[field.path] = field.value.description
        }
        return texts
    }
}

/// The identities of one row's trials: the common part is prepared once, each seed costs one short hash.
struct RowIdentities: Sendable {
    private let beginning: SHA256Hasher
    private let end: String

    init(layout: String, settings: TrialSettings) {
        let form = CanonicalForm(engine: TrialSpecification.currentEngine, layout: layout, settings: settings)
        let (before, after) = form.jsonAroundSeed
        var hasher = SHA256Hasher()
        hasher.update(before)
        beginning = hasher
        end = after
    }

    func callAsFunction(seed: Int) -> TrialIdentity {
        var hasher = beginning
        hasher.update(String(seed) + end)
        return TrialIdentity(digest: hasher.finalize())
    }
}
