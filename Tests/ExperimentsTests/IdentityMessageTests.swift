import Experiments
import Testing

@Suite("Messages as JSON")
struct IdentityMessageTests {
    private var specification: TrialSpecification {
        var settings = TrialSettings()
        settings.dataset.pairs = [2, 4]
        settings.backbone.windows = [0, 7]
        settings.train.clipNorm = nil
        settings.train.learningRate = 0.1 + 0.2
        return TrialSpecification(
            layout: "C | M[state=16]*2 A", dataset: settings.dataset, backbone: settings.backbone,
            train: settings.train, seed: 12)
    }

    private let events: [RunEvent] = [
        .started(
            Provenance(
                host: "h", processIdentifier: 7, processStart: 1.5, processor: "p", codeVersion: "c", compiler: "s",
                blas: "b", operatingSystem: "o", threads: 2, dataDigest: nil, resumedAfterEpoch: 0)),
        .epoch(
            EpochReport(
                epoch: 1,
                metrics: [Metric(.test, "accuracy", part: "pairs=4", 0.25), Metric(.train, "loss", .infinity)],
                learningRate: 1e-3, gradientNorm: 2, trainSeconds: 1, evaluationSeconds: 0.5)),
        .measured(
            Measurement(
                parameters: 1, multiplyAccumulates: 2, activationBytes: 3, peakResidentBytes: 4,
                training: .init(median: 1, minimum: 0.5, maximum: 2, repeats: 3),
                inference: .init(median: 1, minimum: 0.5, maximum: 2, repeats: 3))),
        .finished(Outcome(epoch: 1, metrics: [], wallSeconds: 2, weightsDigest: "ab")),
        .failed(Failure(.diverged, "the loss became \"nan\"\n")),
        .progress(step: 3, steps: 10),
    ]

    @Test("Specifications and events come back as they were")
    func roundTrip() throws {
        let bytes = try StrictJSON.encode(specification)
        let back = try StrictJSON.decode(TrialSpecification.self, from: bytes)
        #expect(back == specification)
        #expect(back.identity == specification.identity)
        for event in events {
            let bytes = try StrictJSON.encode(event)
            #expect(!bytes.contains(UInt8(ascii: "\n")))
            #expect(try StrictJSON.decode(RunEvent.self, from: bytes) == event)
        }
        let identity = specification.identity
        #expect(try StrictJSON.decode([TrialIdentity].self, from: StrictJSON.encode([identity])) == [identity])
    }

    @Test("A key too many or too few, or a wrong value, is an error that names it")
    func strict() throws {
        let text = String(decoding: try StrictJSON.encode(specification), as: UTF8.self)
        func problem(_ text: String) -> String? {
            do {
                _ = try StrictJSON.decode(TrialSpecification.self, from: text.utf8)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(problem(text) == nil)
        #expect(problem("{\"extra\":1," + text.dropFirst())?.contains("`extra`") == true)
        #expect(problem(text.replacing("\"epochs\":", with: "\"epoch\":"))?.contains("`train.epochs`") == true)
        #expect(
            problem(text.replacing("\"epochs\":", with: "\"epoch\":1,\"epochs\":"))?.contains("`train.epoch`") == true)
        #expect(problem(text.replacing("\"seed\":12", with: "\"seed\":\"12\""))?.contains("`seed`") == true)
        #expect(problem(text.replacing("adamw", with: "adam"))?.contains("`train.optimizer`") == true)
        #expect(problem(String(text.dropLast()))?.contains("no JSON") == true)
        #expect(problem("")?.contains("no JSON") == true)
    }

    @Test("Damaged messages are errors, never crashes")
    func damaged() throws {
        var generator = FixedGenerator(state: 1)
        for event in events {
            let bytes = try StrictJSON.encode(event)
            for _ in 0..<300 {
                var damaged = bytes
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(
                        in: 0...255, using: &generator)
                }
                let decoded = try? StrictJSON.decode(RunEvent.self, from: damaged)
                if let decoded { #expect(try StrictJSON.encode(decoded).count > 2) }
            }
        }
    }
}

/// A small generator with a fixed beginning.
struct FixedGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
