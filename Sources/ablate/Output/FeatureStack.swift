import Files
import Networks

/// The features of several pictures, one array for each level with the pictures as its first dimension.
struct FeatureStack {
    private struct Stack {
        let name: String
        let shape: [Int]
        var values: [Float] = []
    }

    private var stacks: [Stack] = []
    private var count = 0

    /// Adds one picture's features; the maps of every picture have the same shapes.
    mutating func add(_ features: (maps: [LoadedNetwork.Map], pooled: [Float])) {
        if stacks.isEmpty {
            stacks = features.maps.enumerated().map { Stack(name: "levels.\($0)", shape: $1.shape) }
            if !features.pooled.isEmpty { stacks.append(Stack(name: "pooled", shape: [features.pooled.count])) }
        }
        let arrays = features.maps.map(\.values) + (features.pooled.isEmpty ? [] : [features.pooled])
        for (index, values) in arrays.enumerated() {
            stacks[index].values += values
        }
        count += 1
    }

    /// The arrays for one file; the names of the pictures go with them.
    func writer(images: [String]) -> SafetensorsWriter {
        var writer = SafetensorsWriter(metadata: ["format": "pt", "images": images.joined(separator: "\n")])
        for stack in stacks {
            stack.values.withUnsafeBufferPointer { writer.add(stack.name, shape: [count] + stack.shape, $0) }
        }
        return writer
    }

    /// One file for each array: `levels.0.npy`, …
    func writeNumPy(folder: String) throws {
        try Folder.make(folder, remedy: "Choose another -o")
        for stack in stacks {
            try OutputFile.write(
                NumPyFile.bytes(shape: [count] + stack.shape, stack.values), to: "\(folder)/\(stack.name).npy")
        }
    }
}

/// NumPy's file format, version 1.0 (NumPy Enhancement Proposal 1).
enum NumPyFile {
    /// A file of Float32, the last dimension running fastest.
    static func bytes(shape: [Int], _ values: [Float]) -> [UInt8] {
        let dimensions = shape.map { "\($0)," }.joined(separator: " ")
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(dimensions)), }"
        // Magic, version and length are 10 bytes; the data begin at a multiple of 64.
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
        let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        let length = withUnsafeBytes(of: UInt16(header.utf8.count).littleEndian, Array.init)
        return start + length + Array(header.utf8) + values.withUnsafeBytes(Array.init)
    }
}
