import Experiments
import Testing

@Suite("Trial identity")
struct IdentityTests {
    /// A specification with nothing but defaults.
    private func specification(
        layout: String = "C | M A", seed: Int = 0, _ change: (inout TrialSettings) -> Void = { _ in }
    ) -> TrialSpecification {
        var settings = TrialSettings()
        change(&settings)
        return TrialSpecification(
            layout: layout, dataset: settings.dataset, backbone: settings.backbone, train: settings.train, seed: seed)
    }

    @Test("SHA-256 gives the digests that FIPS 180-4 lists")
    func knownDigests() {
        #expect(
            SHA256Digest(of: "abc").hexadecimal == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256Digest(of: "").hexadecimal == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        var pieces = SHA256Hasher()
        pieces.update("a")
        let copy = pieces
        pieces.update("bc")
        #expect(pieces.finalize() == SHA256Digest(of: "abc"))
        #expect(copy.finalize() == SHA256Digest(of: "a"))
        let text = SHA256Digest(of: "x").hexadecimal
        #expect(SHA256Digest(hexadecimal: text)?.hexadecimal == text)
        #expect(SHA256Digest(hexadecimal: String(text.dropLast())) == nil)
        #expect(SHA256Digest(hexadecimal: String(text.dropLast()) + "g") == nil)
    }

    @Test("The canonical form and its identity stay as they are")
    func golden() {
        let golden = specification(layout: "C | C | M4 A4 | M2 A2", seed: 3) {
            $0.dataset.digest = "00ff"
            $0.train.learningRate = 2e-3
        }
        #expect(
            golden.canonicalJSON == #"""
                {"backbone.heads":[1,2,4,8],"backbone.mlp-ratio":4,"backbone.stem.channels":8,\#
                "backbone.stem.strides":[2,2],"backbone.step-bias":"twice",\#
                "backbone.step-initialization":"released","backbone.width":16,"dataset.digest":"00ff",\#
                "dataset.name":"fashion-mnist","dataset.test":10000,"dataset.train":59000,\#
                "dataset.validation":1000,"engine":3,"layout":"C | C | M4 A4 | M2 A2","seed":3,\#
                "train.batch":128,"train.betas":[0.9,0.999],"train.clip-norm":5,"train.crop":0,\#
                "train.drop-path":0,"train.epochs":10,"train.epsilon":1e-08,"train.flip":false,\#
                "train.label-smoothing":0,"train.lr":0.002,"train.min-lr":1e-05,"train.mixup":0,\#
                "train.optimizer":"adamw","train.schedule":"cosine","train.selection":"last",\#
                "train.warmup-epochs":1,"train.warmup-lr":1e-06,"train.weight-decay":0.05}
                """#)
        #expect(golden.identity.hexadecimal == "6c29562384e2bc1f9ba95a0abe51c9c34e2257f16b20bf5ffa12c99e5eaedd79")
    }

    @Test("What cannot change a result does not change the identity")
    func irrelevant() {
        let plain = specification()
        #expect(specification { $0.dataset.path = "/elsewhere" }.identity == plain.identity)
        #expect(specification { $0.dataset.train = 59_000 }.identity == plain.identity)
        #expect(specification { $0.dataset.test = 10_000 }.identity == plain.identity)
        #expect(specification { $0.dataset.pairs = [2] }.identity == plain.identity)
        #expect(specification { $0.backbone.heads = [1, 2] }.identity == plain.identity)
        #expect(
            specification {
                $0.backbone.heads = [1, 2]
                $0.backbone.headWidth = 4
            }.identity == plain.identity)
        #expect(specification { $0.backbone.windows = [0, 0] }.identity == plain.identity)
        let constant = specification { $0.train.schedule = .constant }
        #expect(
            specification {
                $0.train.schedule = .constant
                $0.train.minimumLearningRate = 0
            }.identity == constant.identity)
        let cold = specification { $0.train.warmupEpochs = 0 }
        #expect(
            specification {
                $0.train.warmupEpochs = 0
                $0.train.warmupLearningRate = 1e-3
            }.identity == cold.identity)
        #expect(specification { $0.train.mixup = -0.0 }.identity == plain.identity)
        let recall = specification { $0.dataset.name = "recall-grid" }
        #expect(
            specification {
                $0.dataset.name = "recall-grid"
                $0.dataset.pairs = [2, 4, 8, 12]
                $0.dataset.testPairs = [4, 8, 16]
                $0.dataset.size = 64
                $0.dataset.train = 32_000
                $0.dataset.test = 2_000
            }.identity == recall.identity)
    }

    @Test("Each setting that matters changes the identity, and its difference is named")
    func relevant() throws {
        let base = specification {
            $0.dataset.name = "recall-grid"
            $0.backbone.heads = [1, 2]
        }
        for key in SettingKey.all where key.isIdentity && !["backbone.head-width", "dataset.name"].contains(key.path) {
            var settings = base.settings
            key.set(try #require(changed(key, in: settings), "no other value for \(key.path)"), in: &settings)
            let other = TrialSpecification(
                layout: base.layout, dataset: settings.dataset, backbone: settings.backbone, train: settings.train,
                seed: base.seed)
            #expect(other.identity != base.identity, "\(key.path)")
            #expect(base.differences(from: other).map(\.field).contains(key.path), "\(key.path)")
        }
        #expect(base.differences(from: base).isEmpty)
        var other = base
        other.seed = 7
        #expect(base.differences(from: other) == [.init(field: "seed", mine: "0", theirs: "7")])
        other.layout = "C | A M"
        #expect(base.differences(from: other).map(\.field) == ["layout", "seed"])
        #expect(other.identity != base.identity)
        other = base
        other.dataset.digest = "ab"
        #expect(base.differences(from: other) == [.init(field: "dataset.digest", mine: nil, theirs: "ab")])
        other = base
        other.engine += 1
        #expect(other.identity != base.identity)
    }

    /// Another value of the setting's shape.
    private func changed(_ key: SettingKey, in settings: TrialSettings) -> SettingValue? {
        func other(_ value: SettingValue, _ shape: ValueShape) -> SettingValue? {
            switch (value, shape) {
            case (.absent, .integer(let range)): .integer(range.lowerBound)
            case (.absent, .number): .number(0.5)
            case (.absent, .list(.integer, _)): .list([.integer(3), .integer(5)])
            case (.integer(let number), _): .integer(number + 1)
            case (.number(let number), _): .number(number / 2 + 0.125)
            case (.boolean(let flag), _): .boolean(!flag)
            case (.list(let values), .list(let element, _)): .list(values.compactMap { other($0, element) })
            case (.text(let word), .choice(let words)):
                words.map(\.word).first { $0 != word }.map(SettingValue.text)
            default: nil
            }
        }
        return other(key.value(in: settings), key.shape)
    }
}

@Suite("A canonical form, read back")
struct CanonicalReadingTests {
    private func specification(_ change: (inout TrialSettings) -> Void) -> TrialSpecification {
        var settings = TrialSettings()
        settings.dataset.digest = "00ff"
        change(&settings)
        return TrialSpecification(
            layout: "C | M A", dataset: settings.dataset, backbone: settings.backbone, train: settings.train, seed: 7)
    }

    @Test("Every setting survives, also switched off and away from its default")
    func roundTrip() throws {
        let specifications = [
            specification { _ in },
            specification {
                $0.train.clipNorm = nil
                $0.train.averageDecay = 0.99
                $0.train.schedule = .constant
                $0.train.warmupEpochs = 0
                $0.backbone.depthwiseBias = true
                $0.backbone.convGELU = .erf
                $0.backbone.stem.epsilon = 1e-5
                $0.backbone.layerScale = 0.1
                $0.backbone.windows = [0, 4]
            },
            specification {
                $0.dataset.name = "recall-grid"
                $0.dataset.digest = nil
                $0.dataset.pairs = [2, 4]
                $0.train.optimizer = .lamb
                $0.train.selection = .bestValidation
            },
        ]
        for specification in specifications {
            let read = try #require(TrialSpecification(canonical: specification.canonicalJSON))
            #expect(read.identity == specification.identity)
            #expect(read.train == specification.train || specification.train.warmupEpochs == 0)
            #expect(read.dataset.digest == specification.dataset.digest && read.seed == 7)
        }
    }

    @Test("What this version does not know is refused, not ignored")
    func refused() {
        let good = specification { _ in }.canonicalJSON
        let bad = [
            "", "[]", "{}", good.replacing("\"seed\":7", with: "\"seed\":\"7\""), "{\"novel\":1," + good.dropFirst(),
            good.replacing("adamw", with: "sgd"), good.replacing("[2,2]", with: "[2,2,2]"), good + " ",
        ]
        for text in bad { #expect(TrialSpecification(canonical: text) == nil, "\(text)") }
        #expect(TrialSpecification.fieldTexts(ofCanonical: good)?["train.lr"] == "0.001")
        #expect(TrialSpecification.fieldTexts(ofCanonical: "x") == nil)
    }
}

extension TrialSpecification {
    /// The fields in which the canonical forms differ.
    fileprivate func differences(from other: TrialSpecification) -> [Difference] {
        func texts(_ trial: TrialSpecification) -> [String: String] {
            TrialSpecification.fieldTexts(ofCanonical: trial.canonicalJSON) ?? [:]
        }
        return TrialSpecification.differences(texts(self), texts(other))
    }
}
