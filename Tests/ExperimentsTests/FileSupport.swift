import Experiments

/// The mixers that the tests' layouts use.
let fileVocabulary = Vocabulary([
    MixerWord(
        keyword: "conv", letter: "C", summary: "convolution", options: []),
    MixerWord(
        keyword: "mamba", letter: "M", summary: "state space",
        options: [OptionDefinition("state", .integer(1...256), default: .integer(8), summary: "state size")]),
    MixerWord(
        keyword: "attention", letter: "A", summary: "attention",
        options: [
            OptionDefinition("heads", .integer(1...1024), default: nil, summary: "heads"),
            OptionDefinition("window", .integer(0...1024), default: nil, summary: "window"),
        ]),
])

/// What a file gives: an experiment or findings.
struct FileOutcome {
    var experiment: Experiment?
    var findings: [Diagnostic]

    var errors: [Diagnostic] { findings.filter { $0.severity == .error } }
    var warnings: [Diagnostic] { findings.filter { $0.severity == .warning } }

    init(_ text: String) {
        self.init(bytes: Array(text.utf8))
    }

    init(bytes: [UInt8]) {
        do {
            let (experiment, warnings) = try ExperimentFile.parse(
                bytes: bytes, file: "test.yaml", vocabulary: fileVocabulary)
            self.experiment = experiment
            findings = warnings
        } catch {
            findings = error.all
        }
    }
}

/// A file with this text behind a name and one layout.
func minimal(_ rest: String) -> String {
    "name: test\nlayouts: {base: \"C | M A\"}\n" + rest
}
