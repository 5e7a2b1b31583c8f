/// The header of a safetensors file: its length (8 bytes, little endian), then JSON of one fixed form,
/// `{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "__metadata__": {"key": "value"}}`.
/// The data follow without gaps. Source: the format's description by its authors.
enum SafetensorsHeader {
    /// The longest header that is read. That of a network with a thousand arrays has a hundredth of it.
    static let longest = 16 << 20

    static let damaged = "the file is damaged or no safetensors file: get it again"

    /// The arrays, with their positions in the file, and the metadata.
    static func read(
        _ source: ByteSource
    ) throws(WeightsError) -> (arrays: [StoredArray], metadata: [String: String]) {
        let path = source.path
        guard source.count >= 10 else {
            throw WeightsError(path, "is \(source.count) bytes long, too short for a safetensors header", damaged)
        }
        let length = try source.bytes(0, 8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length >= 2, length <= UInt64(source.count - 8) else {
            throw WeightsError(
                path, "says its header is \(length) bytes long, which a file of \(source.count) bytes can't hold",
                damaged)
        }
        guard length <= UInt64(longest) else {
            throw WeightsError(
                path, "says its header is \(length) bytes long, more than the \(longest) that are read", damaged)
        }
        let start = 8 + Int(length)
        var reader = HeaderReader(try source.bytes(8, Int(length)), path: path)
        let (items, metadata) = try reader.header()
        return (try checked(items, path: path, start: start, dataCount: source.count - start), metadata)
    }

    /// The arrays, each checked: a known type, a size that the shape gives, and data that fill the file without gaps.
    private static func checked(
        _ items: [HeaderReader.Item], path: String, start: Int, dataCount: Int
    ) throws(WeightsError) -> [StoredArray] {
        var end = 0
        var arrays: [StoredArray] = []
        for item in items.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
            guard let type = ElementType(rawValue: item.type) else {
                throw WeightsError(
                    path, "holds \(quoted(item.name)) as \(quoted(item.type)), which is not read here",
                    "convert it to F32")
            }
            guard item.begin <= item.end, item.end <= dataCount else {
                throw WeightsError(path, "places \(quoted(item.name)) outside its data", damaged)
            }
            guard item.begin == end else {
                throw WeightsError(path, "has a gap or an overlap before \(quoted(item.name))", damaged)
            }
            guard StoredArray.byteCount(item.shape, type) == item.end - item.begin else {
                throw WeightsError(
                    path,
                    "gives \(quoted(item.name)) \(item.end - item.begin) bytes for a shape \(shortened(item.shape))",
                    damaged)
            }
            arrays.append(
                StoredArray(name: item.name, type: type, shape: item.shape, position: start + item.begin))
            end = item.end
        }
        guard end == dataCount else {
            throw WeightsError(path, "holds \(dataCount) bytes of data, but its header accounts for \(end)", damaged)
        }
        return arrays
    }

    /// A name from a file for a message: in quotes, short, without control characters.
    static func quoted(_ name: String) -> String {
        let shown = name.prefix(200).map {
            $0.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 } ? $0 : "?"
        }
        return "\"" + String(shown) + (name.count > 200 ? "…" : "") + "\""
    }

    static func shortened(_ shape: [Int]) -> String {
        shape.count > 8 ? "of \(shape.count) dimensions" : "\(shape)"
    }
}
