/// Everything about a network's shape that the layout does not say.
public struct BackboneSettings: Codable, Hashable, Sendable {
    /// The stem: two 3×3 convolutions, each followed by batch norm and ReLU.
    public struct Stem: Codable, Hashable, Sendable {
        /// Channels between the two convolutions (`in_dim` of the official code).
        public var channels = 8
        /// The strides of the two convolutions.
        public var strides = [2, 2]
        /// The ε of both batch norms; 1e-4 in the released code, where every other norm has 1e-5.
        public var epsilon = 1e-4

        public init() {}
    }

    public enum StepBias: String, Codable, CaseIterable, Sendable {
        /// Δ = softplus(W·dt + b + b), as the released weights were trained (docs/model.md, Mixers).
        case twice
        /// Δ = softplus(W·dt + b), as in the paper's Algorithm 1.
        case once
    }

    public enum StepInitialization: String, Codable, CaseIterable, Sendable {
        /// The step projection is initialised like every other linear layer, as the released code does in effect.
        case released
        /// Mamba's own: bias the inverse softplus of a log-uniform step in [0.001, 0.1].
        case mamba
    }

    public enum GELU: String, Codable, CaseIterable, Sendable {
        /// The approximation 0.5·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).
        case tanh
        /// The exact x·Φ(x).
        case erf
    }

    /// Channels of the first stage (`dim`); stage i has width·2^i.
    public var width = 16
    public var stem = Stem()
    /// Channels of one attention head; a stage has (its width ÷ this) heads. Not used where `heads` is given.
    public var headWidth = 16
    /// Attention heads of each stage; nil to follow `headWidth`.
    public var heads: [Int]?
    /// Window side of each stage in tokens; nil for the whole map. 0 stands for the whole map of that stage.
    public var windows: [Int]?
    /// Hidden width of the MLP over the block's width.
    public var mlpRatio = 4.0
    /// Initial γ of layer scale in token blocks; nil for none.
    public var layerScale: Double?
    /// Initial γ of layer scale in conv blocks; nil for none.
    public var convLayerScale: Double?
    public var stepBias = StepBias.twice
    public var stepInitialization = StepInitialization.released
    /// Whether the depthwise convolutions of mixers have a bias; the released code has none.
    public var depthwiseBias = false
    /// The GELU of conv blocks.
    public var convGELU = GELU.tanh
    /// The GELU of token blocks' MLPs.
    public var mlpGELU = GELU.erf

    public init() {}
}
