/// The JSON header of a safetensors file, as written: nothing in it is checked yet.
struct SafetensorsHeader: Decodable {
    struct Item: Decodable {
        let type: String
        let shape: [Int]
        let offsets: [Int]

        enum CodingKeys: String, CodingKey {
            case type = "dtype"
            case shape
            case offsets = "data_offsets"
        }
    }

    let metadata: [String: String]
    let items: [String: Item]

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        var metadata: [String: String] = [:]
        var items: [String: Item] = [:]
        for key in container.allKeys {
            if key.stringValue == "__metadata__" {
                metadata = try container.decode([String: String].self, forKey: key)
            } else {
                items[key.stringValue] = try container.decode(Item.self, forKey: key)
            }
        }
        self.metadata = metadata
        self.items = items
    }

    /// The entries, each checked: a known type, a size that the shape gives, and data that fill the file without gaps.
    func checked(path: String, dataCount: Int) throws(WeightsError) -> [SafetensorsFile.Entry] {
        var entries: [SafetensorsFile.Entry] = []
        for (name, item) in items.sorted(by: { $0.key < $1.key }) {
            entries.append(try SafetensorsHeader.entry(name, item, path: path, dataCount: dataCount))
        }
        var end = 0
        for entry in entries.sorted(by: {
            ($0.offsets.lowerBound, $0.offsets.upperBound) < ($1.offsets.lowerBound, $1.offsets.upperBound)
        }) {
            guard entry.offsets.lowerBound == end else {
                throw WeightsError(path, "has a gap or an overlap before \"\(entry.name)\"", "get the file again")
            }
            end = entry.offsets.upperBound
        }
        guard end == dataCount else {
            throw WeightsError(
                path, "holds \(dataCount) bytes of data, but its header accounts for \(end)", "get the file again")
        }
        return entries
    }

    private static func entry(
        _ name: String, _ item: Item, path: String, dataCount: Int
    ) throws(WeightsError) -> SafetensorsFile.Entry {
        guard let type = SafetensorsFile.ElementType(rawValue: item.type) else {
            throw WeightsError(
                path, "holds \"\(name)\" as \(item.type), which is not read here", "convert it to F32")
        }
        guard item.offsets.count == 2, item.offsets[0] >= 0, item.offsets[0] <= item.offsets[1],
            item.offsets[1] <= dataCount
        else {
            throw WeightsError(path, "places \"\(name)\" outside its data", "get the file again")
        }
        var bytes = type.byteCount
        for length in item.shape {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
            guard length >= 0, !overflow else {
                throw WeightsError(path, "gives \"\(name)\" an impossible shape \(item.shape)", "get the file again")
            }
            bytes = product
        }
        guard bytes == item.offsets[1] - item.offsets[0] else {
            throw WeightsError(
                path, "gives \"\(name)\" \(item.offsets[1] - item.offsets[0]) bytes for a shape \(item.shape)",
                "get the file again")
        }
        return SafetensorsFile.Entry(
            name: name, type: type, shape: item.shape, offsets: item.offsets[0]..<item.offsets[1])
    }
}
