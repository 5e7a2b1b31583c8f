import Experiments
import Testing

@Suite("Experiment file")
struct FileTests {
    private let example = """
        name: hybrid-pattern
        question: Where should self-attention sit among Mamba mixers?
        reference: last-half
        dataset: {name: fashion-mnist, train: 10000, test: 10000}
        backbone: {width: 16, stem: {channels: 8, strides: [2, 1]}, head-width: 16}
        layouts:
          first-half:  C | C | M8 with A at first(1/2) | M4 with A at first(1/2)
          last-half:   C | C | M8 with A at last(1/2)  | M4 with A at last(1/2)
          all-mamba:
            layout: C | C | M8 | M4
            train: {lr: 1e-3, clip-norm: none}
            backbone: {heads: [1, 2, 4, 8], windows: whole}
        train: {epochs: 10, batch: 128, optimizer: adamw, lr: 2e-3, weight-decay: 0.05, warmup-epochs: 1,
          betas: [0.9, 0.95], flip: true}
        seeds: 8
        claims: [last-half > first-half, last-half > first-half > all-mamba]
        published: {source: "a paper, Table 5", last-half: 82.3, first-half: 81.5}
        notes: |
          Two lines
          of notes.
        """

    @Test("A complete file is read")
    func complete() throws {
        let (experiment, warnings) = try ExperimentFile.parse(
            text: example, file: "example.yaml", vocabulary: fileVocabulary)
        #expect(experiment.name == "hybrid-pattern")
        #expect(experiment.reference == "last-half")
        #expect(experiment.metric == "accuracy")
        #expect(experiment.rows.map(\.name) == ["first-half", "last-half", "all-mamba"])
        #expect(experiment.rows[1].canonicalLayout == "C | C | M4 A4 | M2 A2")
        #expect(experiment.rows[0].backbone.stem.strides == [2, 1])
        #expect(experiment.rows[0].train.learningRate == 2e-3)
        #expect(experiment.rows[0].train.beta2 == 0.95)
        #expect(experiment.rows[0].train.flip)
        #expect(experiment.rows[0].train.clipNorm == 5)
        #expect(experiment.rows[2].train.learningRate == 1e-3)
        #expect(experiment.rows[2].train.clipNorm == nil)
        #expect(experiment.rows[2].train.epochs == 10)
        #expect(experiment.seeds == Array(0..<8))
        #expect(
            experiment.claims == [
                Claim(better: "last-half", worse: "first-half"), Claim(better: "first-half", worse: "all-mamba"),
            ])
        #expect(experiment.published?.source == "a paper, Table 5")
        #expect(experiment.published?.values.map(\.number) == [82.3, 81.5])
        #expect(experiment.notes == "Two lines\nof notes.")
        #expect(experiment.rows[2].place?.line == 9)
        #expect(warnings.map(\.message) == ["the claim `last-half > first-half` is made twice"])
    }

    @Test("Line ends of other systems, a byte order mark and a document mark are read")
    func lineEnds() throws {
        let other = "\u{FEFF}---\r\n" + example.replacing("\n", with: "\r\n") + "\r\n"
        let (experiment, _) = try ExperimentFile.parse(text: other, file: "example.yaml", vocabulary: fileVocabulary)
        #expect(experiment.rows.count == 3)
        let broken = FileOutcome("\u{FEFF}name: x\r\nlayouts: {a: C}\r\ntrain: {epochs: 0}\r\n")
        #expect(broken.errors.map(\.place?.line) == [3])
        #expect(broken.errors.map(\.place?.column) == [17])
    }

    @Test("A default that is written out gives the same trial")
    func defaults() throws {
        let plain = try #require(FileOutcome(minimal("seeds: 1")).experiment)
        let identity = try #require(TrialPlan(plain).entries.first).identity
        for key in SettingKey.all {
            let value = key.value(in: TrialSettings())
            let words = key.path.split(separator: ".")
            guard let text = value == .absent ? key.absence?.word : value.description else { continue }
            let nested = words.dropLast().reversed().reduce("{\(words.last ?? ""): \(text)}") { "{\($1): \($0)}" }
            let written = FileOutcome(minimal("seeds: 1\n" + nested.dropFirst().dropLast()))
            let experiment = try #require(written.experiment, "\(key.path): \(written.findings)")
            #expect(TrialPlan(experiment).entries.map(\.identity) == [identity], "\(key.path)")
        }
    }

    @Test("The same layout in each notation is the same trial")
    func notations() throws {
        let outcome = FileOutcome(
            """
            name: test
            layouts:
              words: conv | conv*3 | mamba*4 attention*4 | mamba*2 attention*2
              canonical: C | C3 | M4 A4 | M2 A2
              compact: C|CCC|MMMMAAAA|MMAA
              placement: C | C3 | M8 with A at last(1/2) | M4 with A at last(1/2)
              defaults:
                layout: C | C3 | M[state=8]*4 A4 | M2 A2
                backbone: {heads: [1, 2, 4, 8]}
            seeds: [5]
            """)
        let experiment = try #require(outcome.experiment, "\(outcome.findings)")
        let plan = TrialPlan(experiment)
        #expect(plan.entries.count == 1)
        #expect(plan.entries.first?.rows == ["words", "canonical", "compact", "placement", "defaults"])
        #expect(plan.folded == 4)
        #expect(outcome.warnings.count == 4)
        #expect(outcome.warnings.first?.message.contains("`canonical` and `words` are the same") == true)
        #expect(outcome.warnings.first?.place?.line == 4)
    }

    @Test("Every error of a file is reported in one pass, in the file's order")
    func onePass() {
        let outcome = FileOutcome(
            """
            name: test
            layouts:
              one: C | Q4
              two: C | M4 A9x
              three: C | M A
            train: {epoch: 3, batch: 0}
            backbone: {heads: [3]}
            claims: [three > four]
            reference: thre
            """)
        let places = outcome.errors.map { "\($0.place?.line ?? 0):\($0.place?.column ?? 0)" }
        #expect(
            places.map { $0.prefix { $0 != ":" } } == ["3", "4", "6", "6", "7", "8", "9"], "\(outcome.errors)")
        #expect(outcome.errors.allSatisfy { $0.place != nil })
    }
}
