import Files
import Foundation

/// Writes named arrays as a safetensors file, whose header names them in the order given.
///
/// The data of wider types come first, so that every array begins at a multiple of its numbers' width, as the reference
/// reader wants it.
public struct SafetensorsWriter {
    private enum Values {
        case bytes([UInt8])
        /// Somebody else's memory, which `owner` keeps alive.
        case view(UnsafeRawBufferPointer, owner: AnyObject)

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .view(let buffer, _): buffer.count
            }
        }
    }

    private struct Item {
        let name: String
        let type: ElementType
        let shape: [Int]
        let values: Values
    }

    private var items: [Item] = []
    private var names: Set<String> = []
    public var metadata: [String: String]

    public init(metadata: [String: String] = [:]) {
        self.metadata = metadata
    }

    /// Adds a copy of Float32 numbers.
    public mutating func add(_ name: String, shape: [Int], _ values: UnsafeBufferPointer<Float>) {
        precondition(shape.reduce(1, *) == values.count, "\(name): \(values.count) values for a shape \(shape)")
        add(Item(name: name, type: .float32, shape: shape, values: .bytes(Array(UnsafeRawBufferPointer(values)))))
    }

    /// Adds Float32 numbers that stay where they are until the file is written; `owner` keeps them there.
    public mutating func add(
        _ name: String, shape: [Int], viewing values: UnsafeBufferPointer<Float>, of owner: AnyObject
    ) {
        precondition(shape.reduce(1, *) == values.count, "\(name): \(values.count) values for a shape \(shape)")
        let view = Values.view(UnsafeRawBufferPointer(values), owner: owner)
        add(Item(name: name, type: .float32, shape: shape, values: view))
    }

    /// Adds an array of 64-bit integers, such as `num_batches_tracked`.
    public mutating func add(_ name: String, shape: [Int], _ values: [Int64]) {
        precondition(shape.reduce(1, *) == values.count, "\(name): \(values.count) values for a shape \(shape)")
        let bytes = values.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) }
        add(Item(name: name, type: .int64, shape: shape, values: .bytes(bytes)))
    }

    private mutating func add(_ item: Item) {
        precondition(item.name != "__metadata__" && names.insert(item.name).inserted, "\(item.name) is added twice")
        items.append(item)
    }

    /// The whole file in memory.
    public func contents() -> [UInt8] {
        var bytes = header()
        for item in inFile {
            switch item.values {
            case .bytes(let values): bytes += values
            case .view(let values, _): bytes += values
            }
        }
        return bytes
    }

    /// Writes the file under a temporary name and renames it, so that no half-written file is ever seen. What is there
    /// and is no file, such as `/dev/stdout` or a pipe, is written to and stays what it is.
    public func write(path: String) throws(WeightsError) {
        do throws(SystemError) {
            if WholeFile.isDevice(path) {
                try WholeFile.writeDevice(path, write)
            } else {
                try WholeFile.write(path, write)
            }
        } catch {
            throw WeightsError(path, "can't be written: \(error.reason)", "check the folder, permissions and space")
        }
    }

    private func write(to output: FileOutput) throws(SystemError) {
        try output.write(header())
        for item in inFile {
            switch item.values {
            case .bytes(let bytes): try output.write(bytes)
            case .view(let bytes, _): try output.write(bytes)
            }
        }
    }

    /// The arrays in the order of their data.
    private var inFile: [Item] {
        items.filter { $0.type.byteCount == 8 } + items.filter { $0.type.byteCount != 8 }
    }

    /// Length and JSON. Padded with spaces so that the data begin at a multiple of 8.
    private func header() -> [UInt8] {
        var offsets: [String: Range<Int>] = [:]
        var end = 0
        for item in inFile {
            offsets[item.name] = end..<end + item.values.count
            end += item.values.count
        }
        var fields: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map { quote($0.key) + ":" + quote($0.value) }
            fields.append("\"__metadata__\":{" + pairs.joined(separator: ",") + "}")
        }
        for item in items {
            let range = offsets[item.name] ?? 0..<0
            let shape = item.shape.map(String.init).joined(separator: ",")
            fields.append(
                quote(item.name) + ":{\"dtype\":\"\(item.type.rawValue)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(range.lowerBound),\(range.upperBound)]}")
        }
        var text = "{" + fields.joined(separator: ",") + "}"
        text += String(repeating: " ", count: (8 - text.utf8.count % 8) % 8)
        return withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian, Array.init) + Array(text.utf8)
    }

    private func quote(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 32:
                quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
