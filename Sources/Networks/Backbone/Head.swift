import Autograd
import Experiments

/// Batch norm, global average pooling and a linear layer.   x (B, H, W, C) -> logits (B, classes)
struct ClassificationHead {
    private let norm: BatchNorm
    private let classifier: Linear

    init(width: Int, classes: Int, in scope: ParameterScope) {
        norm = BatchNorm(width, in: scope["norm"])
        classifier = Linear(width, classes, in: scope["head"])
    }

    /// The normalised map, the pooled features and the logits.
    func callAsFunction(_ x: Tensor) -> (norm: Tensor, features: Tensor, logits: Tensor) {
        let normalized = norm(x)
        let features = globalAveragePool(normalized)
        return (normalized, features, classifier(features))
    }
}

/// Answers for every cell of the label grid: the stages at or below the grid's resolution are normalised, brought to
/// the width of the finest of them, upsampled, summed and classified.   -> logits (B, grid height, grid width, classes)
struct DenseHead {
    private let stages: [Int]
    private let norms: [LayerNorm]
    private let laterals: [Linear?]
    private let classifier: Linear
    private let height, width: Int

    init(_ plan: NetworkPlan, stages: [Int], classes: Int, height: Int, width: Int, in scope: ParameterScope) {
        self.stages = stages
        self.height = height
        self.width = width
        let target = plan.stages[stages[0]].width
        norms = stages.map { LayerNorm(plan.stages[$0].width, in: scope["norms"][$0]) }
        laterals = stages.map { stage in
            let source = plan.stages[stage].width
            return source == target ? nil : Linear(source, target, in: scope["laterals"][stage])
        }
        classifier = Linear(target, classes, in: scope["classifier"])
    }

    /// `maps` are the outputs of all stages, before their downsampling.
    func callAsFunction(_ maps: [Tensor]) -> Tensor {
        let parts = stages.indices.map { index in
            let normalized = norms[index](maps[stages[index]])
            let projected = laterals[index]?(normalized) ?? normalized
            let isAtGrid = projected.shape[1] == height && projected.shape[2] == width
            return isAtGrid ? projected : upsample(projected, height: height, width: width)
        }
        return classifier(parts.dropFirst().reduce(parts[0], +))
    }
}
