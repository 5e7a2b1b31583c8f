/// How a network is trained. Field names are the file's keys in camel case; every default is written down here.
public struct TrainSettings: Codable, Hashable, Sendable {
    public enum Optimizer: String, Codable, CaseIterable, Sendable { case adamw, lamb }
    public enum Schedule: String, Codable, CaseIterable, Sendable { case cosine, constant }
    public enum Selection: String, Codable, CaseIterable, Sendable {
        /// The last epoch's weights are the result.
        case last
        /// The epoch whose value of the task's metric on validation is best is the result.
        case bestValidation = "best-validation"
    }

    public var epochs = 10
    public var batch = 128
    public var optimizer = Optimizer.adamw
    public var learningRate = 1e-3
    public var schedule = Schedule.cosine
    public var warmupEpochs = 1.0
    /// The learning rate at the first step of the warm-up.
    public var warmupLearningRate = 1e-6
    /// The learning rate at the end of the cosine.
    public var minimumLearningRate = 1e-5
    /// Decoupled weight decay of parameters with two or more dimensions (the official grouping: biases, norms not).
    public var weightDecay = 0.05
    public var beta1 = 0.9
    public var beta2 = 0.999
    public var epsilon = 1e-8
    /// The global gradient norm above which gradients are scaled down; nil for no clipping.
    public var clipNorm: Double? = 5
    /// The decay of the exponential moving average of weights that evaluation uses; nil for no average.
    public var averageDecay: Double?
    public var labelSmoothing = 0.0
    /// The α of mixup's Beta(α, α); 0 for none.
    public var mixup = 0.0
    /// Pixels of zero padding for the random crop; 0 for none.
    public var crop = 0
    /// Whether images are mirrored left to right at random.
    public var flip = false
    /// The last block's drop-path rate; blocks before it follow a linear ramp from 0.
    public var dropPath = 0.0
    public var selection = Selection.last

    public init() {}
}
