extension DatasetSettings {
    /// The settings with every default that needs no look at files filled in.
    ///
    /// Where the number of examples depends on files that only their reader knows, it stays open.
    public var resolved: DatasetSettings {
        var settings = self
        guard let word = DatasetWord.named(name) else { return settings }
        if word.isDrawn {
            settings.train = train ?? 32_000
            settings.test = test ?? 2_000
            settings.pairs = pairs ?? [2, 4, 8, 12].filter { $0 <= mostPairs }
            settings.testPairs = testPairs ?? [4, 8, 16].filter { $0 <= mostPairs }
            settings.size = size ?? 64
        } else if let stored = word.stored {
            settings.train = train ?? (stored.train > validation ? stored.train - validation : nil)
            settings.test = test ?? stored.test
        }
        return settings
    }

    /// The most key–value pairs that recall-grid can lay on its 8 × 8 cells one after the other without getting stuck.
    ///
    /// At distance 1 a row of eight takes three pairs at least, and three cells a pair leave room for 21. At distance 2 there
    /// are 32 disjoint places for a pair and at distance 3 there are 24; each pair laid spoils two at most. In the control each
    /// query takes two neighbours as well: 32 disjoint places, of which a pair and its query spoil two each.
    public var mostPairs: Int {
        variant == .control ? 8 : [21, 16, 12][min(max(distance, 1), 3) - 1]
    }
}

extension BackboneSettings {
    /// Attention heads of each of so many stages: `heads` where given, else the stage's width ÷ `headWidth`, and 0 where
    /// that is no whole number.
    public func resolvedHeads(stages: Int) -> [Int] {
        if let heads { return heads }
        return (0..<stages).map { stage in
            let channels = stageWidth(stage)
            return headWidth > 0 && channels % headWidth == 0 ? channels / headWidth : 0
        }
    }

    /// Channels of the stage with this index: width·2^stage.
    public func stageWidth(_ stage: Int) -> Int {
        width << min(stage, 40)
    }
}

extension TrialSettings {
    /// The settings with every default filled in and each of two spellings of one thing replaced by the same.
    func resolved(stages: Int) -> TrialSettings {
        var settings = self
        settings.dataset = dataset.resolved
        settings.backbone.heads = backbone.resolvedHeads(stages: stages)
        if backbone.windows?.allSatisfy({ $0 == 0 }) == true {
            settings.backbone.windows = nil
        }
        return settings
    }

    /// The resolved settings without what has no effect or is not a part of the identity.
    func effective(stages: Int) -> TrialSettings {
        var settings = resolved(stages: stages)
        settings.dataset.path = nil
        for key in SettingKey.conditional where !(key.condition?.holds(settings) ?? true) {
            key.write(&settings, key.read(TrialSettings()))
        }
        return settings
    }
}

extension SettingKey {
    /// The settings that have an effect only under a condition.
    static let conditional = all.filter { $0.condition != nil }
}
