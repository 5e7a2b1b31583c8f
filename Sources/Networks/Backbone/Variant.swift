import Experiments

/// A published network of the MambaVision family, exactly as its code builds it (docs/model.md, The family).
public struct Variant: Sendable, Hashable {
    /// The official name in kebab case: `mambavision-t`.
    public let name: String
    /// Blocks of the four stages: conv, conv, then ⌈d/2⌉ Mamba and ⌊d/2⌋ attention blocks.
    public let depths: [Int]
    public let width: Int
    public let stemChannels: Int
    public let heads: [Int]
    public let windows: [Int]
    public let layerScale: Double?
    public let dropPath: Double
    /// The side of the images that the weights were made for.
    public let resolution: Int
    /// The part of the resized picture's side that the published evaluation keeps.
    public let cropFraction: Double
    /// Whether the published evaluation gives up the picture's proportions.
    public var squashes: Bool { resolution == 512 }

    /// The eleven published networks.
    public static let all: [Variant] = [
        small("mambavision-t", [1, 3, 8, 4], width: 80, stem: 32),
        small("mambavision-t2", [1, 3, 11, 4], width: 80, stem: 32, crop: 0.98),
        small("mambavision-s", [3, 3, 7, 5], width: 96, stem: 64, crop: 0.93),
        base("mambavision-b"),
        large("mambavision-l", [3, 3, 10, 5]),
        large("mambavision-l2", [3, 3, 12, 5]),
        base("mambavision-b-21k"),
        large("mambavision-l-21k", [3, 3, 10, 5]),
        large("mambavision-l2-512-21k", [3, 3, 12, 5], windows: [8, 8, 32, 16], resolution: 512),
        huge("mambavision-l3-256-21k", windows: [8, 8, 16, 8], resolution: 256),
        huge("mambavision-l3-512-21k", windows: [8, 8, 32, 16], resolution: 512),
    ]

    /// The variant of this name, or nil.
    public static func named(_ name: String) -> Variant? {
        all.first { $0.name == name }
    }

    public var layout: Layout {
        Layout(
            stages: depths.enumerated().map { index, depth in
                Stage((0..<depth).map { Block(index < 2 ? "conv" : $0 < (depth + 1) / 2 ? "mamba" : "attention") })
            })
    }

    public var settings: BackboneSettings {
        var settings = BackboneSettings()
        settings.width = width
        settings.stem.channels = stemChannels
        settings.heads = heads
        settings.windows = windows
        settings.layerScale = layerScale
        return settings
    }

    /// The network at its own resolution, or at another, with 1,000 classes unless told otherwise.
    public func plan(resolution: Int? = nil, classes: Int = 1000) throws(NetworkError) -> NetworkPlan {
        let side = resolution ?? self.resolution
        return try plan(input: ImageShape(height: side, width: side, channels: 3), classes: classes)
    }

    /// The network for images of any shape. Its windows stay as they are: maps that they don't divide are padded.
    public func plan(input: ImageShape, classes: Int = 1000) throws(NetworkError) -> NetworkPlan {
        try NetworkPlan(layout, settings, input: input, task: .classification(classes: classes), dropPath: dropPath)
    }

    private static func small(
        _ name: String, _ depths: [Int], width: Int, stem: Int, crop: Double = 1
    ) -> Variant {
        Variant(
            name: name, depths: depths, width: width, stemChannels: stem, heads: [2, 4, 8, 16], windows: [8, 8, 14, 7],
            layerScale: nil, dropPath: 0.2, resolution: 224, cropFraction: crop)
    }

    private static func base(_ name: String) -> Variant {
        Variant(
            name: name, depths: [3, 3, 10, 5], width: 128, stemChannels: 64, heads: [2, 4, 8, 16],
            windows: [8, 8, 14, 7], layerScale: 1e-5, dropPath: 0.3, resolution: 224, cropFraction: 1)
    }

    private static func large(
        _ name: String, _ depths: [Int], windows: [Int] = [8, 8, 14, 7], resolution: Int = 224
    ) -> Variant {
        Variant(
            name: name, depths: depths, width: 196, stemChannels: 64, heads: [4, 8, 16, 32], windows: windows,
            layerScale: 1e-5, dropPath: 0.3, resolution: resolution, cropFraction: resolution == 512 ? 0.93 : 1)
    }

    private static func huge(_ name: String, windows: [Int], resolution: Int) -> Variant {
        Variant(
            name: name, depths: [3, 3, 20, 10], width: 256, stemChannels: 64, heads: [4, 8, 16, 32], windows: windows,
            layerScale: 1e-5, dropPath: 0.5, resolution: resolution, cropFraction: resolution == 512 ? 0.93 : 1)
    }
}
