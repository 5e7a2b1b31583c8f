import Autograd
import Experiments

/// What a network costs, part by part, counted by a dry run of the network's own code.
public struct NetworkCensus: Sendable {
    /// One part: the stem, a block, a downsampling, the head.
    public struct Part: Sendable, Hashable {
        /// The official path: `levels.2.blocks.0`.
        public let path: String
        public internal(set) var parameters = 0
        /// Multiply–accumulates of convolutions and linear layers for one image.
        public internal(set) var denseMultiplyAccumulates = 0
        /// Those of the attention products q·kᵀ and p·v.
        public internal(set) var attentionMultiplyAccumulates = 0
        /// Those of the scan: four for each state, two for each channel and token.
        public internal(set) var scanMultiplyAccumulates = 0
        /// Bytes that one image's training step keeps for backward.
        public internal(set) var activationBytes = 0

        public var multiplyAccumulates: Int {
            denseMultiplyAccumulates + attentionMultiplyAccumulates + scanMultiplyAccumulates
        }
    }

    public let parts: [Part]

    /// Counts the network of a plan. Takes no memory to speak of: no tensor has any.
    public init(_ plan: NetworkPlan) throws(NetworkError) {
        let backbone = try Backbone(plan)
        let pool = BufferPool(dry: true)
        let tape = Tape(mode: .dry, parallel: Parallel(threads: 1), pool: pool)
        let census = Census()
        tape.census = census
        _ = backbone(tape.input([1, plan.input.height, plan.input.width, plan.input.channels]))
        parts = NetworkCensus.parts(backbone, census)
    }

    public var parameters: Int { parts.reduce(0) { $0 + $1.parameters } }
    public var multiplyAccumulates: Int { parts.reduce(0) { $0 + $1.multiplyAccumulates } }
    public var denseMultiplyAccumulates: Int { parts.reduce(0) { $0 + $1.denseMultiplyAccumulates } }
    public var attentionMultiplyAccumulates: Int { parts.reduce(0) { $0 + $1.attentionMultiplyAccumulates } }
    public var scanMultiplyAccumulates: Int { parts.reduce(0) { $0 + $1.scanMultiplyAccumulates } }
    public var activationBytes: Int { parts.reduce(0) { $0 + $1.activationBytes } }

    private static func parts(_ backbone: Backbone, _ census: Census) -> [Part] {
        var parts: [Part] = []
        var places: [String: Int] = [:]
        for entry in census.entries {
            guard let path = entry.scopes.first else { continue }
            let index = places[path, default: parts.count]
            if index == parts.count {
                places[path] = index
                parts.append(Part(path: path))
            }
            parts[index].activationBytes += entry.keptBytes
            switch entry.operation {
            case "attention": parts[index].attentionMultiplyAccumulates += entry.multiplyAccumulates
            case "selective scan": parts[index].scanMultiplyAccumulates += entry.multiplyAccumulates
            case "linear", "activated linear", "convolution", "depthwise convolution":
                parts[index].denseMultiplyAccumulates += entry.multiplyAccumulates
            default: break  // Norms and activations are not counted, as in the published column.
            }
        }
        for parameter in backbone.store.parameters {
            let path = parts.first { parameter.name.hasPrefix($0.path + ".") }?.path ?? "head"
            if let index = places[path] {
                parts[index].parameters += parameter.shape.count
            }
        }
        return parts
    }
}
