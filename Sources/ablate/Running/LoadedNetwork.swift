import Autograd
import Foundation
import Networks

/// A network with weights from a file, ready to look at pictures one at a time.
final class LoadedNetwork {
    /// A level's map as PyTorch orders it: (channels, height, width).
    struct Map {
        let shape: [Int]
        let values: [Float]
    }

    let plan: NetworkPlan
    /// What the file of the weights says about itself.
    let metadata: [String: String]
    private let backbone: Backbone
    private let parallel: Parallel
    private let pool = BufferPool()

    /// - Throws: `WeightsError` where the file does not fit, with everything that does not.
    init(_ plan: NetworkPlan, _ file: WeightsFile, threads: Int?) throws {
        self.plan = plan
        metadata = file.metadata
        parallel = Parallel(threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        backbone = try Backbone(plan)
        try Weights.load(file, into: backbone.store)
    }

    /// The logits of one prepared image (height, width, channels).
    func logits(_ image: [Float]) -> [Float] {
        backbone(input(image)).values
    }

    /// The maps of the levels, finest first, each before its downsampling, and the pooled features under the head.
    func features(_ image: [Float]) -> (maps: [Map], pooled: [Float]) {
        var maps: [Map] = []
        var pooled: [Float] = []
        _ = backbone(input(image)) { name, tensor in
            if name.hasSuffix(".map") { maps.append(LoadedNetwork.channelsFirst(tensor)) }
            if name == "features" { pooled = tensor.values }
        }
        return (maps, pooled)
    }

    private func input(_ image: [Float]) -> Tensor {
        let tape = Tape(mode: .inference, parallel: parallel, pool: pool)
        let tensor = tape.input([1, plan.input.height, plan.input.width, plan.input.channels])
        precondition(image.count == tensor.shape.count, "\(image.count) numbers for an image of \(tensor.shape)")
        tensor.pointer.update(from: image, count: image.count)
        return tensor
    }

    /// (1, height, width, channels) to (channels, height, width).
    private static func channelsFirst(_ tensor: Tensor) -> Map {
        let (height, width, channels) = (tensor.shape[1], tensor.shape[2], tensor.shape[3])
        let source = tensor.pointer
        var values = [Float](repeating: 0, count: tensor.shape.count)
        for pixel in 0..<height * width {
            for channel in 0..<channels {
                values[channel * height * width + pixel] = source[pixel * channels + channel]
            }
        }
        return Map(shape: [channels, height, width], values: values)
    }
}
