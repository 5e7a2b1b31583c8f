import Autograd
import Experiments

/// The selective state space of Mamba's mixers, its coefficients computed from its own input.   x (B, L, D) -> y (B, L, D)
///
///     Δ, B, C = split(x_proj(x));  Δ = softplus(dt_proj(Δ) + b);  scan(x, Δ, A, B, C, D)
///
/// D channels, N states, R the rank of the step. Gu and Dao 2023; the bias of the step is added twice unless
/// `backbone.step-bias` says otherwise (docs/model.md).
struct StateSpace {
    /// What does not depend on the input: A_log (D, N) and the skip D (D).
    struct Dynamics {
        let logA, skip: Parameter

        /// - Parameters:
        ///   - initialSkip: what the skip starts from.
        ///   - suffix: behind each name, where a mixer has several state spaces.
        init(_ channels: Int, states: Int, initialSkip: Float = 1, suffix: String = "", in scope: ParameterScope) {
            logA = scope.parameter("A\(suffix)_log", [channels, states], .logarithmsOfIndices)
            skip = scope.parameter("D\(suffix)", [channels], .constant(initialSkip))
        }
    }

    private let dynamics: Dynamics
    private let scanProjection: Linear
    private let stepWeight, stepBias: Parameter
    private let state, rank, biasCount: Int

    /// Declares the projections; the dynamics are declared before, since the official order puts `in_proj` between them.
    init(
        _ dynamics: Dynamics, rank: Int, settings: BackboneSettings, suffix: String = "", in scope: ParameterScope
    ) {
        let channels = dynamics.logA.shape[0]
        self.dynamics = dynamics
        self.rank = rank
        state = dynamics.logA.shape[1]
        biasCount = settings.stepBias == .twice ? 2 : 1
        scanProjection = Linear(channels, rank + 2 * state, bias: false, in: scope["x_proj\(suffix)"])
        let step = scope["dt_proj\(suffix)"]
        switch settings.stepInitialization {
        case .released:
            stepWeight = step.parameter("weight", [channels, rank], .truncatedNormal(deviation: 0.02))
            stepBias = step.parameter("bias", [channels], .constant(0))
        case .mamba:
            let bound = 1 / Double(rank).squareRoot()
            stepWeight = step.parameter("weight", [channels, rank], .uniform(bound: bound))
            stepBias = step.parameter("bias", [channels], .inverseSoftplusOfStep)
        }
    }

    /// Scans from the first token to the last, or the other way round.
    func callAsFunction(_ x: Tensor, isReversed: Bool = false) -> Tensor {
        let parts = split(scanProjection(x), into: [rank, state, state])
        let raw = linear(parts[0], weight: stepWeight.tensor, bias: nil)
        let step = stepSize(raw, bias: stepBias.tensor, biasCount: biasCount)
        return selectiveScan(
            x, step: step, logA: dynamics.logA.tensor, b: parts[1], c: parts[2], skip: dynamics.skip.tensor,
            isReversed: isReversed)
    }

    /// The rank of the step for a block of this width: ⌈C/16⌉.
    static func rank(width: Int) -> Int { (width + 15) / 16 }
}

extension OptionDefinition {
    /// `state`: the states of a scan.
    static let state = OptionDefinition(
        "state", .integer(1...256), default: .integer(8), summary: "states N of the scan")
    /// `kernel`: the reach of a convolution along the tokens.
    static let kernel = OptionDefinition(
        "kernel", .integer(1...15), default: .integer(3), summary: "tokens of the convolution")
}
