/// Names of rows as figures have room for them: a sweep's rows without what all of them share.
///
/// `half placement=0,1` and `half placement=0,2` become `0,1` and `0,2`. Names that are short anyway stay.
struct RowLabels {
    private let labels: [String: String]

    /// Shorter names than this are shown whole.
    private static let roomy = 14

    init(_ names: [String]) {
        let words = names.map { $0.split(separator: " ").map(String.init) }
        guard let first = words.first, names.count > 1, names.contains(where: { $0.count > Self.roomy }),
            words.allSatisfy({ $0.count == first.count })
        else {
            labels = [:]
            return
        }
        var columns = first.indices.map { place in words.map { $0[place] } }.filter { Set($0).count > 1 }
        for (place, column) in columns.enumerated() {
            let keys = Set(column.map { $0.prefix { $0 != "=" } })
            guard let key = keys.first, keys.count == 1, column.allSatisfy({ $0.count > key.count + 1 }) else {
                continue
            }
            columns[place] = column.map { String($0.dropFirst(key.count + 1)) }
        }
        let short = names.indices.map { row in columns.map { $0[row] }.joined(separator: " ") }
        labels =
            Set(short).count == names.count && !short.contains("")
            ? Dictionary(zip(names, short), uniquingKeysWith: { first, _ in first }) : [:]
    }

    subscript(name: String) -> String { labels[name] ?? name }

    /// Says what the labels stand for; empty where they are the names.
    func explanation(_ name: String) -> String {
        guard let label = labels[name], label != name else { return "" }
        return "\(VisibleText.isolated(label)) stands for \(VisibleText.isolated(name)), and so on"
    }
}

extension Summary {
    var labels: RowLabels { RowLabels(rows.map(\.name)) }
    /// What labels stand for, by the reference's.
    var labelWords: String {
        let words = labels.explanation(reference)
        return words.isEmpty ? "" : " \(words)."
    }
}
