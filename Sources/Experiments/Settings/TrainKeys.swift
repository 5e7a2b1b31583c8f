extension SettingKey {
    private static let onlyWarmup = Condition("`warmup-epochs` is above 0") { $0.train.warmupEpochs > 0 }
    private static let onlyCosine = Condition("`schedule` is `cosine`") { $0.train.schedule == .cosine }

    /// The keys of `train:`.
    static let trainKeys: [SettingKey] = [
        .integer("train.epochs", \.train.epochs, 1...100_000, "Passes over the training examples"),
        .integer("train.batch", \.train.batch, 1...65_536, "Examples of one step"),
        .choice("train.optimizer", \.train.optimizer, "The rule that updates the parameters"),
        .number("train.lr", \.train.learningRate, .above(0, to: 100), "The highest learning rate"),
        .choice("train.schedule", \.train.schedule, "How the learning rate goes on after the warm-up"),
        .number(
            "train.warmup-epochs", \.train.warmupEpochs, .from(0, to: 100_000),
            "Epochs in which the learning rate rises linearly"),
        .number(
            "train.warmup-lr", \.train.warmupLearningRate, .from(0, to: 100), only: onlyWarmup,
            "The learning rate of the first step"),
        .number(
            "train.min-lr", \.train.minimumLearningRate, .from(0, to: 100), only: onlyCosine,
            "The learning rate at the end of the cosine"),
        .number(
            "train.weight-decay", \.train.weightDecay, .from(0, to: 10),
            "Decoupled weight decay of parameters with two or more dimensions"),
        .numbers(
            "train.betas", \.train.beta1, \.train.beta2, .from(0, below: 1), "The decays of the optimizer's two moments"
        ),
        .number(
            "train.epsilon", \.train.epsilon, .above(0, to: 1), "The number added to the root of the second moment"),
        .number(
            "train.clip-norm", \.train.clipNorm, .above(0, to: 1e9), or: .init("none", "no clipping"),
            "The global gradient norm above which gradients are scaled down"),
        .number(
            "train.average-decay", \.train.averageDecay, .from(0, below: 1), or: .init("none", "no average"),
            "The decay of the moving average of the weights that evaluation uses"),
        .number(
            "train.label-smoothing", \.train.labelSmoothing, .from(0, below: 1),
            "The share of the target that goes to all classes alike"),
        .number("train.mixup", \.train.mixup, .from(0, to: 100), "The α of mixup's Beta(α, α); 0 for none"),
        .integer("train.crop", \.train.crop, 0...256, "Pixels of padding for the random crop; 0 for none"),
        .boolean("train.flip", \.train.flip, "Whether images are mirrored left to right at random"),
        .number(
            "train.drop-path", \.train.dropPath, .from(0, below: 1),
            "The last block's drop-path rate; blocks before it follow a linear ramp from 0"),
        .choice("train.selection", \.train.selection, "Which epoch is the trial's result"),
    ]
}

extension TrainSettings.Optimizer: SettingChoice {
    var summary: String {
        switch self {
        case .adamw: "Adam with decoupled weight decay"
        case .lamb: "layer-wise scaled Adam, MambaVision's own"
        }
    }
}

extension TrainSettings.Schedule: SettingChoice {
    var summary: String {
        switch self {
        case .cosine: "falls to `min-lr` along a cosine"
        case .constant: "stays"
        }
    }
}

extension TrainSettings.Selection: SettingChoice {
    var summary: String {
        switch self {
        case .last: "the last epoch"
        case .bestValidation: "the epoch with the best validation accuracy"
        }
    }
}
