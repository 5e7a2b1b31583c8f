import Foundation

/// Writes named Float32 arrays as a safetensors file, in the order given.
public struct SafetensorsWriter {
    private struct Item: Encodable {
        let type: String
        let shape: [Int]
        let offsets: [Int]

        enum CodingKeys: String, CodingKey {
            case type = "dtype"
            case shape
            case offsets = "data_offsets"
        }
    }

    private var items: [(name: String, item: Item)] = []
    private var data = Data()
    public var metadata: [String: String]

    public init(metadata: [String: String] = [:]) {
        self.metadata = metadata
    }

    public mutating func add(_ name: String, shape: [Int], _ values: UnsafeBufferPointer<Float>) {
        precondition(shape.reduce(1, *) == values.count, "\(name): \(values.count) values for a shape \(shape)")
        let start = data.count
        data.append(contentsOf: UnsafeRawBufferPointer(values))
        items.append((name, Item(type: "F32", shape: shape, offsets: [start, data.count])))
    }

    /// Adds an array of 64-bit integers, such as `num_batches_tracked`.
    public mutating func add(_ name: String, shape: [Int], _ values: [Int64]) {
        let start = data.count
        for value in values {
            withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
        }
        items.append((name, Item(type: "I64", shape: shape, offsets: [start, data.count])))
    }

    /// The whole file. The header is padded with spaces so that the data begin at a multiple of 8.
    public func contents() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var fields: [String] = []
        if !metadata.isEmpty {
            fields.append("\"__metadata__\":" + String(decoding: try encoder.encode(metadata), as: UTF8.self))
        }
        for (name, item) in items {
            let key = String(decoding: try encoder.encode(name), as: UTF8.self)
            fields.append(key + ":" + String(decoding: try encoder.encode(item), as: UTF8.self))
        }
        var header = "{" + fields.joined(separator: ",") + "}"
        header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        var file = Data()
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { file.append(contentsOf: $0) }
        file.append(contentsOf: header.utf8)
        file.append(data)
        return file
    }

    /// Writes the file under a temporary name and renames it, so that no half-written file is ever seen.
    public func write(path: String) throws(WeightsError) {
        do {
            try contents().write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw WeightsError(
                path, "can't be written: \(error.localizedDescription)", "check the folder and the space")
        }
    }
}
