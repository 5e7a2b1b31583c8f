import Experiments
import Randomness
import Testing
import Training

/// Jobs and events as lines of JSON.
@Suite struct RunningMessageTests {
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

    @Test func messagesComeBackAsTheyWere() throws {
        let back = try EventCoding.value(TrialSpecification.self, from: EventCoding.line(specification))
        #expect(back == specification && back.identity == specification.identity)
        for event in events {
            let line = try EventCoding.line(event)
            #expect(line.filter { $0 == UInt8(ascii: "\n") }.count == 1 && line.last == UInt8(ascii: "\n"))
            #expect(try EventCoding.value(RunEvent.self, from: line) == event)
        }
    }

    @Test func aMissingKeyOrAWrongValueIsAnError() throws {
        let text = String(decoding: try EventCoding.line(specification), as: UTF8.self)
        for (old, new) in [
            ("\"epochs\":", "\"epoch\":"), ("\"seed\":12", "\"seed\":\"12\""), ("adamw", "adam"), ("{", "["),
        ] {
            try #require(text.contains(old))
            #expect(throws: DecodingError.self, "\(new)") {
                try EventCoding.value(TrialSpecification.self, from: Array(text.replacing(old, with: new).utf8))
            }
        }
    }

    /// An error, or a value that comes back as it is.
    @Test func damagedMessagesAreErrors() throws {
        var generator = RandomKey(seed: 1)["damage"].generator
        var errors = 0
        for event in events {
            let line = try EventCoding.line(event)
            for _ in 0..<300 {
                var damaged = line
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(
                        in: 0...255, using: &generator)
                }
                do {
                    let decoded = try EventCoding.value(RunEvent.self, from: damaged)
                    #expect(try EventCoding.value(RunEvent.self, from: EventCoding.line(decoded)) == decoded)
                } catch is DecodingError {
                    errors += 1
                }
            }
        }
        #expect(errors > 900, "most damage is noticed")
    }
}
