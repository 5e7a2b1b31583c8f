import Experiments
import Foundation
import Networks

/// The smallest network that has every kind of part: 28×28 images, four classes.
enum SmallNetwork {
    static func backbone(seed: UInt64 = 1, width: Int = 8, classes: Int = 4) throws -> Backbone {
        var settings = BackboneSettings()
        settings.width = width
        settings.stem.channels = 4
        settings.layerScale = 1e-5
        let layout = Layout(stages: [Stage([Block("conv")]), Stage([Block("mamba"), Block("attention")])])
        let backbone = try Backbone(
            NetworkPlan(
                layout, settings, input: ImageShape(height: 28, width: 28, channels: 3),
                task: .classification(classes: classes)))
        backbone.store.materialize(seed: seed)
        return backbone
    }

    /// A file that lies beside these tests.
    static func file(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Files/\(name)").path
    }
}

/// Steele, Lea and Flood's generator (2014): the same numbers on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
