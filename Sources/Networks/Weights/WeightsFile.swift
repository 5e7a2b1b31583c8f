/// A file of named arrays, checked and open for reading: safetensors, or a PyTorch checkpoint.
public struct WeightsFile {
    public let path: String
    /// In the order of their names, each name once.
    public let arrays: [StoredArray]
    /// What the file says about itself; empty for checkpoints.
    public let metadata: [String: String]
    private let source: ByteSource
    private let indices: [String: Int]

    /// Opens a safetensors file or a PyTorch checkpoint, whichever it is by its first bytes.
    ///
    /// Everything that the file claims is checked against its length before any of it is believed, and nothing is
    /// allocated on its word. Throws `WeightsError` naming the file and what is wrong with it.
    public init(path: String) throws(WeightsError) {
        try self.init(ByteSource(path: path))
    }

    /// Checks a file's contents; `path` is for error messages.
    public init(_ contents: [UInt8], path: String) throws(WeightsError) {
        try self.init(ByteSource(contents, path: path))
    }

    init(_ source: ByteSource) throws(WeightsError) {
        let (arrays, metadata) =
            try PyTorchCheckpoint.recognizes(source)
            ? (PyTorchCheckpoint.arrays(source), [:]) : SafetensorsHeader.read(source)
        self.init(source, arrays, metadata)
    }

    private init(_ source: ByteSource, _ arrays: [StoredArray], _ metadata: [String: String]) {
        self.source = source
        self.metadata = metadata
        path = source.path
        let sorted = arrays.sorted { $0.name < $1.name }
        self.arrays = sorted
        indices = Dictionary(sorted.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// The array of this name, or nil.
    public func array(_ name: String) -> StoredArray? {
        indices[name].map { arrays[$0] }
    }

    /// The values of an array as Float32; numbers of other types are converted to the nearest.
    public func floats(_ array: StoredArray) throws(WeightsError) -> [Float] {
        var values = [Float](repeating: 0, count: array.count)
        var failure: WeightsError?
        values.withUnsafeMutableBufferPointer { target in
            do throws(WeightsError) {
                try read(array, into: target)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return values
    }

    /// Fills `target`, which has room for `array.count` numbers, without another copy where the file holds Float32.
    public func read(
        _ array: StoredArray, into target: UnsafeMutableBufferPointer<Float>
    ) throws(WeightsError) {
        precondition(target.count == array.count, "\(array.name): \(array.count) values for \(target.count) places")
        if let strides = array.strides {
            try gather(array, strides, into: target)
        } else if array.type == .float32 {
            // The files are little endian, as every machine is that this is built for.
            try source.read(array.position, into: UnsafeMutableRawBufferPointer(target))
        } else {
            try convert(array, into: target)
        }
    }

    /// Converts piece by piece.
    private func convert(
        _ array: StoredArray, into target: UnsafeMutableBufferPointer<Float>
    ) throws(WeightsError) {
        let pieceLength = 1 << 18
        for start in stride(from: 0, to: target.count, by: pieceLength) {
            let length = min(pieceLength, target.count - start)
            let size = array.type.byteCount
            let piece = try source.bytes(array.position + start * size, length * size)
            piece.withUnsafeBytes { bytes in
                for index in 0..<length {
                    target[start + index] = array.type.value(bytes, at: index)
                }
            }
        }
    }

    /// Picks the numbers of an array whose dimensions lie in another order, such as channels last.
    private func gather(
        _ array: StoredArray, _ strides: [Int], into target: UnsafeMutableBufferPointer<Float>
    ) throws(WeightsError) {
        guard array.count > 0 else { return }
        let bytes = try source.bytes(array.position, array.span * array.type.byteCount)
        var place = [Int](repeating: 0, count: array.shape.count)
        bytes.withUnsafeBytes { bytes in
            for index in target.indices {
                let offset = zip(place, strides).reduce(0) { $0 + $1.0 * $1.1 }
                target[index] = array.type.value(bytes, at: offset)
                var dimension = place.count - 1
                while dimension >= 0 {
                    place[dimension] += 1
                    if place[dimension] < array.shape[dimension] { break }
                    place[dimension] = 0
                    dimension -= 1
                }
            }
        }
    }
}
