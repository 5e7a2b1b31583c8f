import Autograd
import Foundation
import Networks
import Testing

/// The golden tensors of the official code: `ABLATE_FIXTURES`, or `../shared/fixtures` beside the checkout.
enum Fixtures {
    static let folder: URL? = {
        let candidates = [
            ProcessInfo.processInfo.environment["ABLATE_FIXTURES"].map { URL(fileURLWithPath: $0) },
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/fixtures"),
        ]
        return candidates.compactMap(\.self).first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    static var arePresent: Bool { folder != nil }

    static func file(_ name: String) throws -> WeightsFile {
        guard let folder else { throw CocoaError(.fileNoSuchFile) }
        return try WeightsFile(path: folder.appending(path: name).path)
    }

    /// The X of every `X_weights.safetensors`.
    static var models: [String] {
        guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            return []
        }
        return names.filter { $0.hasSuffix("_weights.safetensors") }.map {
            String($0.dropLast("_weights.safetensors".count))
        }
        .sorted()
    }
}

/// An array of a fixture, with its shape.
struct Golden {
    let shape: [Int]
    let values: [Float]

    /// Nil where the file has no such array.
    init?(_ file: WeightsFile, _ name: String) {
        guard let entry = file.array(name) else { return nil }
        shape = entry.shape
        do {
            values = try file.floats(entry)
        } catch {
            Issue.record(error)
            return nil
        }
    }

    /// NCHW to NHWC, or (B, D, L) to (B, L, D): the second dimension last.
    var channelsLast: Golden {
        let (batch, channels) = (shape[0], shape[1])
        let inner = shape.dropFirst(2).reduce(1, *)
        var moved = [Float](repeating: 0, count: values.count)
        for b in 0..<batch {
            for c in 0..<channels {
                for i in 0..<inner {
                    moved[(b * inner + i) * channels + c] = values[(b * channels + c) * inner + i]
                }
            }
        }
        return Golden(shape: [batch] + shape.dropFirst(2) + [channels], values: moved)
    }

    init(shape: [Int], values: [Float]) {
        self.shape = shape
        self.values = values
    }

    func tensor(on tape: Tape, requiresGradient: Bool = false) -> Tensor {
        let tensor = tape.input(Shape(shape), requiresGradient: requiresGradient)
        tensor.pointer.update(from: values, count: values.count)
        return tensor
    }
}

/// max|a − b| / max|b|, the fixtures' measure.
func relativeError(_ actual: [Float], _ expected: [Float]) -> Float {
    guard actual.count == expected.count else { return .infinity }
    let largest = expected.reduce(0) { max($0, abs($1)) }
    let difference = zip(actual, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
    return difference.isNaN ? .infinity : difference / max(largest, 1e-30)
}
