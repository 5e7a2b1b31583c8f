import Experiments
import Foundation
import Networks

/// What a file of trained weights says about where they come from: enough to build the network again and to bring pictures
/// to it as training did.
///
/// In the file it is the `__metadata__` of safetensors, texts by name; lists and objects among them are JSON:
///
/// ```
/// trial        the identity                 settings     the canonical settings, hashed to it
/// layout       M2 A2                        dataset      its name
/// seed, epoch  of the weights               engine       of the program that trained them
/// input        16x16x3                      classes      3 (and grid: 8x8 where it answers for places)
/// class_names  ["low", "middle", "high"]    metrics      {"test accuracy": 1.0, …} of these weights
/// pixel_mean   [0.31, 0.31, 0.31]           pixel_std    [0.22, 0.22, 0.22]
/// ```
public struct WeightsOrigin: Sendable {
    public var specification: TrialSpecification
    public var image: ImageSize
    public var task: DataTask
    public var classNames: [String]

    public init(
        _ specification: TrialSpecification, image: ImageSize, task: DataTask, classNames: [String]
    ) {
        self.specification = specification
        self.image = image
        self.task = task
        self.classNames = classNames
    }

    /// What a file's metadata says; nil where it says too little, or names settings that this version does not know.
    public init?(metadata: [String: String]) {
        guard let specification = metadata["settings"].flatMap({ TrialSpecification(canonical: $0) }),
            let input = WeightsOrigin.sizes(metadata["input"], count: 3),
            let classes = metadata["classes"].flatMap({ Int($0) }), (2...100_000).contains(classes)
        else { return nil }
        self.specification = specification
        image = ImageSize(height: input[0], width: input[1], channels: input[2])
        if let grid = metadata["grid"] {
            guard let sides = WeightsOrigin.sizes(grid, count: 2) else { return nil }
            task = .dense(classes: classes, rows: sides[0], columns: sides[1])
        } else {
            task = .classification(classes: classes)
        }
        classNames = WeightsOrigin.list(metadata["class_names"]) ?? []
    }

    /// How the pictures were normalised; nil where the metadata does not say.
    public static func normalization(metadata: [String: String]) -> PixelNormalization? {
        guard let mean: [Double] = list(metadata["pixel_mean"]), let deviation: [Double] = list(metadata["pixel_std"]),
            PixelNormalization.isPossible(mean, deviation)
        else { return nil }
        return PixelNormalization(mean: mean, deviation: deviation)
    }

    /// The network of these weights.
    ///
    /// - Parameter input: the size of the images, where it is to be another one.
    public func plan(input: ImageShape? = nil) throws -> NetworkPlan {
        try NetworkPlan(
            LayoutParser(vocabulary: Mixers.vocabulary).layout(specification.layout), specification.backbone,
            input: input ?? ImageShape(image), task: task.network, dropPath: specification.train.dropPath)
    }

    /// The metadata of a file with weights of this trial.
    ///
    /// - Parameters:
    ///   - epoch: the epoch after which the weights were as in the file.
    ///   - metrics: what was measured with them.
    func metadata(epoch: Int, metrics: [Metric], _ normalization: PixelNormalization) -> [String: String] {
        var metadata = [
            "format": "pt", "trial": specification.withoutPath.identity.hexadecimal,
            "settings": specification.canonicalJSON, "layout": specification.layout, "seed": "\(specification.seed)",
            "epoch": "\(epoch)", "engine": "\(specification.engine)", "dataset": specification.dataset.name,
            "input": "\(image.height)x\(image.width)x\(image.channels)", "classes": "\(task.classes)",
            "metrics": WeightsOrigin.json(
                Dictionary(
                    metrics.map { ("\($0.split.rawValue) \($0.fullName)", $0.value) },
                    uniquingKeysWith: { first, _ in first })),
            "pixel_mean": WeightsOrigin.json(normalization.mean),
            "pixel_std": WeightsOrigin.json(normalization.deviation),
        ]
        if case .dense(_, let rows, let columns) = task { metadata["grid"] = "\(rows)x\(columns)" }
        if !classNames.isEmpty { metadata["class_names"] = WeightsOrigin.json(classNames) }
        return metadata
    }

    /// `16x16x3` as numbers that a network can have.
    private static func sizes(_ text: String?, count: Int) -> [Int]? {
        let numbers = text?.split(separator: "x").map { Int($0) ?? 0 } ?? []
        return numbers.count == count && numbers.allSatisfy { (1...4096).contains($0) } ? numbers : nil
    }

    private static func list<Value: Decodable>(_ text: String?) -> [Value]? {
        do {
            return try text.map { try JSONDecoder().decode([Value].self, from: Data($0.utf8)) }
        } catch {
            return nil
        }
    }

    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            preconditionFailure("finite numbers and texts are JSON: \(error)")
        }
    }
}
