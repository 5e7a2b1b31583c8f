import Autograd
import Experiments

/// A MambaVision-style network of any layout: stem, stages with downsampling between them, head.
///
/// Parameters carry the official names (docs/model.md, Names in checkpoints) in the official order; the dense head's are this project's.
public struct Backbone {
    public let plan: NetworkPlan
    public let store: ParameterStore
    private let stem: Stem
    private let stages: [StageNetwork]
    private let downsamples: [Convolution]
    private let head: Head

    private enum Head {
        case classification(ClassificationHead)
        case dense(DenseHead)
    }

    /// Declares the network's parameters in a store of its own; `store.materialize(seed:)` gives them values.
    public init(_ plan: NetworkPlan) throws(NetworkError) {
        self.plan = plan
        store = ParameterStore()
        let root = ParameterScope(store)
        stem = Stem(plan.settings, inputs: plan.input.channels, in: root["patch_embed"])
        var rates = Backbone.dropPathRates(plan)[...]
        var stages: [StageNetwork] = []
        var downsamples: [Convolution] = []
        for (index, stage) in plan.stages.enumerated() {
            let scope = root["levels"][index]
            let count = stage.blocks.count
            stages.append(StageNetwork(stage, plan.settings, rates: Array(rates.prefix(count)), in: scope))
            rates = rates.dropFirst(count)
            if index + 1 < plan.stages.count {
                let reduction = scope["downsample"]["reduction"][0]
                downsamples.append(Convolution(stage.width, 2 * stage.width, stride: 2, bias: false, in: reduction))
            }
        }
        self.stages = stages
        self.downsamples = downsamples
        head = try Backbone.head(plan, in: root)
    }

    /// The logits of images (B, H, W, channels): (B, classes), or (B, grid height, grid width, classes).
    public func callAsFunction(_ images: Tensor) -> Tensor {
        callAsFunction(images, observe: { _, _ in })
    }

    /// Like a plain call; `observe` sees the intermediate tensors under their official names, and each level's map before
    /// its downsampling as `levels.0.map`.
    public func callAsFunction(_ images: Tensor, observe: (String, Tensor) -> Void) -> Tensor {
        var x = scoped("patch_embed", images) { stem(images) }
        observe("patch_embed", x)
        var maps: [Tensor] = []
        for index in stages.indices {
            x = stages[index](x, observe: observe)
            observe("levels.\(index).map", x)
            if case .dense = head {
                maps.append(x)
            }
            if index < downsamples.count {
                x = scoped("levels.\(index).downsample", x) { downsamples[index](x) }
            }
            observe("levels.\(index)", x)
        }
        return scoped("head", x) {
            switch head {
            case .classification(let head):
                let (norm, features, logits) = head(x)
                observe("norm", norm)
                observe("features", features)
                return logits
            case .dense(let head):
                return head(maps)
            }
        }
    }

    /// A linear ramp from 0 to the plan's rate over all blocks, conv blocks included.
    static func dropPathRates(_ plan: NetworkPlan) -> [Double] {
        let count = plan.stages.reduce(0) { $0 + $1.blocks.count }
        return (0..<count).map { count > 1 ? plan.dropPath * Double($0) / Double(count - 1) : 0 }
    }

    private static func head(_ plan: NetworkPlan, in root: ParameterScope) throws(NetworkError) -> Head {
        switch plan.task {
        case .classification(let classes):
            let width = plan.stages[plan.stages.count - 1].width
            return .classification(ClassificationHead(width: width, classes: classes, in: root))
        case .dense(let classes, let height, let width):
            let stages = try plan.denseStages()
            return .dense(
                DenseHead(
                    plan, stages: stages, classes: classes, height: height, width: width, in: root["head"]))
        }
    }
}
