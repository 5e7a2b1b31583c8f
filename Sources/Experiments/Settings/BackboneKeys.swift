extension SettingKey {
    private static let none = ValueShape.Word("none", "no layer scale")

    /// Resolved settings always have heads, so a head width is in no canonical form: the heads that follow from it are.
    private static let onlyAuto = Condition("`heads` is `auto`") { $0.backbone.heads == nil }

    /// The keys of `backbone:`.
    static let backboneKeys: [SettingKey] = [
        .integer(
            "backbone.width", \.backbone.width, 1...8192,
            "Channels of the first stage; each later stage has twice the one before"),
        .integer(
            "backbone.stem.channels", \.backbone.stem.channels, 1...8192, "Channels between the stem's two convolutions"
        ),
        .integers(
            "backbone.stem.strides", \.backbone.stem.strides, 1...2, count: 2,
            "The strides of the stem's two convolutions"),
        .number(
            "backbone.stem.epsilon", \.backbone.stem.epsilon, .above(0, to: 1), "The ε of the stem's two batch norms"
        ).leftOutAtDefault,
        .integer(
            "backbone.head-width", \.backbone.headWidth, 1...8192, only: onlyAuto, "Channels of one attention head"),
        .integers(
            "backbone.heads", \.backbone.heads, 1...1024, or: .init("auto", "the stage's width ÷ `head-width`"),
            "Attention heads, one number for each stage"),
        .integers(
            "backbone.windows", \.backbone.windows, 0...4096, or: .init("whole", "the whole map in every stage"),
            "The windows' side in tokens, one number for each stage; 0 is the whole map"),
        .number(
            "backbone.mlp-ratio", \.backbone.mlpRatio, .above(0, to: 64),
            "Hidden width of the MLP over the block's width"),
        .number(
            "backbone.layer-scale", \.backbone.layerScale, .above(0, to: 10), or: none,
            "Initial layer scale of token blocks"),
        .number(
            "backbone.conv-layer-scale", \.backbone.convLayerScale, .above(0, to: 10), or: none,
            "Initial layer scale of conv blocks"),
        .choice("backbone.step-bias", \.backbone.stepBias, "How often the scan's step size adds its bias"),
        .choice("backbone.step-initialization", \.backbone.stepInitialization, "How the scan's step projection starts"),
        .boolean(
            "backbone.depthwise-bias", \.backbone.depthwiseBias,
            "Whether the depthwise convolutions of mixers have a bias; the released weights have none"
        ).leftOutAtDefault,
        .choice("backbone.conv-gelu", \.backbone.convGELU, "The GELU of conv blocks").leftOutAtDefault,
        .choice("backbone.mlp-gelu", \.backbone.mlpGELU, "The GELU of token blocks' MLPs").leftOutAtDefault,
    ]
}

extension BackboneSettings.StepBias: SettingChoice {
    var summary: String {
        switch self {
        case .twice: "as the released MambaVision weights were trained"
        case .once: "as in the paper's Algorithm 1"
        }
    }
}

extension BackboneSettings.StepInitialization: SettingChoice {
    var summary: String {
        switch self {
        case .released: "like every other linear layer, as the released code does in effect"
        case .mamba: "Mamba's own log-uniform steps from 0.001 to 0.1"
        }
    }
}

extension BackboneSettings.GELU: SettingChoice {
    var summary: String {
        switch self {
        case .tanh: "the approximation with a hyperbolic tangent"
        case .erf: "the exact one"
        }
    }
}
