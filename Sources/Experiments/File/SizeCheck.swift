/// Finds sizes of one row that don't fit together.
struct SizeCheck {
    /// Wider stages are refused; the widest published network of this family has 2,048 channels.
    private static let widest = 65_536

    let row: Experiment.Row
    let draft: RowDraft
    let vocabulary: Vocabulary

    private(set) var findings: [Diagnostic] = []

    init(row: Experiment.Row, draft: RowDraft, vocabulary: Vocabulary) {
        self.row = row
        self.draft = draft
        self.vocabulary = vocabulary
    }

    /// Checks layout, backbone and data set.
    mutating func checkSizes() {
        let stages = row.layout.stages.count
        let last = row.backbone.width.multipliedReportingOverflow(by: 1 << min(stages - 1, 40))
        guard !last.overflow, last.partialValue <= SizeCheck.widest else {
            findings.append(
                error(
                    "the last of the \(stages) stages would be more than \(SizeCheck.widest) channels wide",
                    at: "backbone.width", remedy: "use fewer stages or a smaller `width`: each stage doubles it"))
            return
        }
        findings += lengths(stages) + heads + dataset
    }

    private func error(_ message: String, at path: String, remedy: String) -> Diagnostic {
        let place = draft.settings.places[path] ?? draft.layout.place
        return Diagnostic(.error, message, at: place, remedy: remedy)
    }

    private func lengths(_ stages: Int) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (name, list) in [("heads", row.backbone.heads), ("windows", row.backbone.windows)] {
            if let list, list.count != stages {
                found.append(
                    error(
                        "`\(name)` has \(counted(list.count, "value")), but the layout has \(counted(stages, "stage"))",
                        at: "backbone.\(name)",
                        remedy: "write one value for each stage"))
            }
        }
        return found
    }

    private var heads: [Diagnostic] {
        var found: [Diagnostic] = []
        for (index, stage) in row.layout.stages.enumerated() {
            let width = row.backbone.stageWidth(index)
            for block in Set(stage.blocks) where usesHeads(block.mixer) {
                if case .integer(let heads)? = block.options["heads"] {
                    if heads < 1 || width % heads != 0 {
                        found.append(
                            Diagnostic(
                                .error,
                                "\(heads) heads do not divide the \(width) channels of stage \(index + 1)",
                                at: draft.layout.place,
                                remedy: "write `heads=` with a divisor of \(width)"))
                    }
                } else if let problem = stageHeads(index, width) {
                    found.append(problem)
                }
            }
        }
        return Array(Set(found))
    }

    /// What is wrong with the heads that the backbone gives a stage.
    private func stageHeads(_ index: Int, _ width: Int) -> Diagnostic? {
        if let heads = row.backbone.heads {
            guard heads.indices.contains(index), width % heads[index] != 0 else { return nil }
            return error(
                "\(heads[index]) heads do not divide the \(width) channels of stage \(index + 1)",
                at: "backbone.heads", remedy: "write a divisor of \(width)")
        }
        guard width % row.backbone.headWidth != 0 else { return nil }
        let path = draft.settings.places["backbone.head-width"] == nil ? "backbone.width" : "backbone.head-width"
        return error(
            "`head-width` \(row.backbone.headWidth) does not divide the \(width) channels of stage \(index + 1)",
            at: path, remedy: "write a `head-width` that divides \(width), or give `heads` for each stage")
    }

    private func usesHeads(_ mixer: String) -> Bool {
        vocabulary[mixer]?.options.contains { $0.name == "heads" } ?? false
    }

    private var dataset: [Diagnostic] {
        let settings = row.dataset
        guard let word = DatasetWord.named(settings.name) else { return [] }
        var found: [Diagnostic] = []
        if word.needsPath, settings.path == nil {
            found.append(
                error(
                    "`\(word.name)` is read from files, and no `path` is given", at: "dataset.name",
                    remedy: "add `path:` with the folder that holds the files"))
        }
        if word.isProcedural, settings.path != nil {
            found.append(
                error("`\(word.name)` is drawn, not read from files", at: "dataset.path", remedy: "delete `path`"))
        }
        if let size = settings.size, size != 32, size != 64 {
            found.append(error("`size` can't be \(size)", at: "dataset.size", remedy: "write `32` or `64`"))
        }
        for (name, list) in [("pairs", settings.pairs), ("test-pairs", settings.testPairs)] {
            if let list, Set(list).count != list.count {
                found.append(
                    error(
                        "`\(name)` lists a number twice", at: "dataset.\(name)", remedy: "write each number once"))
            }
            if word.name == "recall-grid", let list, let most = list.max(), most > settings.mostPairs {
                found.append(
                    error(
                        "\(most) pairs don't fit on the grid of this variant", at: "dataset.\(name)",
                        remedy: "write numbers up to \(settings.mostPairs)"))
            }
        }
        return found + counts(of: word)
    }

    private func counts(of word: DatasetWord) -> [Diagnostic] {
        guard let stored = word.stored else { return [] }
        let settings = row.dataset
        var found: [Diagnostic] = []
        if (settings.train ?? 1) + settings.validation > stored.train {
            found.append(
                error(
                    "`\(word.name)` has \(stored.train) examples for training and validation together, not "
                        + "\((settings.train ?? 1) + settings.validation)",
                    at: settings.train == nil ? "dataset.validation" : "dataset.train",
                    remedy: settings.validation < stored.train
                        ? "write at most \(stored.train - settings.validation) for `train`, or lower `validation`"
                        : "lower `validation`"))
        }
        if let test = settings.test, test > stored.test {
            found.append(
                error(
                    "`\(word.name)` has \(stored.test) test examples, not \(test)", at: "dataset.test",
                    remedy: "write at most \(stored.test)"))
        }
        return found
    }

    /// Checks how the training's settings fit together.
    mutating func checkTraining() {
        let train = row.train
        if train.selection == .bestValidation, row.dataset.validation == 0 {
            findings.append(
                error(
                    "`best-validation` needs validation examples, and `validation` is 0", at: "train.selection",
                    remedy: "write `selection: last`, or `validation: 1000` under `dataset`"))
        }
        if train.schedule == .cosine, train.minimumLearningRate > train.learningRate {
            findings.append(
                error(
                    "`min-lr` \(SettingValue.number(train.minimumLearningRate)) is above `lr` "
                        + "\(SettingValue.number(train.learningRate))",
                    at: draft.settings.places["train.min-lr"] == nil ? "train.lr" : "train.min-lr",
                    remedy: "write a `min-lr` below `lr`, or `schedule: constant`"))
        }
        if train.warmupEpochs > Double(train.epochs) {
            findings.append(
                error(
                    "the warm-up of \(SettingValue.number(train.warmupEpochs)) epochs is longer than the training of "
                        + "\(train.epochs)",
                    at: draft.settings.places["train.warmup-epochs"] == nil ? "train.epochs" : "train.warmup-epochs",
                    remedy: "write fewer `warmup-epochs`"))
        }
        warnOfTooFewSteps(train)
    }

    /// Trainings that are correct and of no use.
    private mutating func warnOfTooFewSteps(_ train: TrainSettings) {
        func warning(_ message: String, at path: String, remedy: String) -> Diagnostic {
            Diagnostic(.warning, message, at: draft.settings.places[path], remedy: remedy)
        }
        if train.warmupEpochs == Double(train.epochs) {
            findings.append(
                warning(
                    "the warm-up takes all \(train.epochs) epochs, so the rate never comes to `lr`",
                    at: draft.settings.places["train.warmup-epochs"] == nil ? "train.epochs" : "train.warmup-epochs",
                    remedy: "write fewer `warmup-epochs`, such as 0"))
        }
        if let examples = row.dataset.train, train.batch >= examples, examples > 1 {
            findings.append(
                warning(
                    "a `batch` of \(train.batch) makes an epoch of the \(examples) training examples one step",
                    at: "train.batch", remedy: "write a smaller `batch`, such as \(max(1, examples / 16))"))
        }
    }
}
