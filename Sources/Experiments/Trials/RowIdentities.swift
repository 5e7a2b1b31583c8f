/// The identities of one row's trials: the common part is hashed once, each seed costs one short hash.
struct RowIdentities: Sendable {
    private let beginning: SHA256Hasher
    private let end: [UInt8]

    fileprivate init(beginning: SHA256Hasher, end: [UInt8]) {
        self.beginning = beginning
        self.end = end
    }

    func callAsFunction(seed: Int) -> TrialIdentity {
        var hasher = beginning
        hasher.update(Array(String(seed).utf8) + end)
        return TrialIdentity(digest: hasher.finalize())
    }
}

/// Makes the identities of many rows that have most settings in common: what is as in the row before is not written again.
///
/// Gives what `TrialSpecification.identity` gives, without its detours.
struct IdentityWriter {
    private var backbone: (settings: BackboneSettings, stages: Int, bytes: [UInt8])?
    private var dataset: (settings: DatasetSettings, bytes: [UInt8])?
    private var train: (settings: TrainSettings, bytes: [UInt8])?

    mutating func row(layout: String, settings: TrialSettings) -> RowIdentities {
        let stages = CanonicalForm.stages(of: layout)
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        bytes.reserveCapacity(1024)
        bytes += backbone(settings, stages)
        bytes += dataset(settings)
        bytes += "\"engine\":\(TrialSpecification.currentEngine),\"layout\":".utf8
        bytes += CanonicalJSON.quoted(layout).utf8
        bytes += ",\"seed\":".utf8
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        return RowIdentities(beginning: hasher, end: train(settings))
    }

    private mutating func backbone(_ settings: TrialSettings, _ stages: Int) -> [UInt8] {
        if let backbone, backbone.stages == stages, backbone.settings == settings.backbone { return backbone.bytes }
        let bytes = CanonicalForm.members(of: .backbone, in: settings.resolved(stages: stages))
        backbone = (settings.backbone, stages, bytes)
        return bytes
    }

    private mutating func dataset(_ settings: TrialSettings) -> [UInt8] {
        if let dataset, dataset.settings == settings.dataset { return dataset.bytes }
        let bytes = CanonicalForm.members(of: .dataset, in: settings.resolved(stages: 1))
        dataset = (settings.dataset, bytes)
        return bytes
    }

    /// `,"train.batch":128,…}`: the members between the seed and the end.
    private mutating func train(_ settings: TrialSettings) -> [UInt8] {
        if let train, train.settings == settings.train { return train.bytes }
        let bytes =
            [UInt8(ascii: ",")] + CanonicalForm.members(of: .train, in: settings).dropLast() + [UInt8(ascii: "}")]
        train = (settings.train, bytes)
        return bytes
    }
}
