import Experiments
import Foundation
import Results

/// The classes of one picture, the most probable first.
struct ClassRanking {
    struct Entry: Hashable {
        let classIndex: Int
        let logit: Float
        /// The softmax over all classes.
        let probability: Double
    }

    private let entries: [Entry]

    init(_ logits: [Float]) {
        let highest = Double(logits.max() ?? 0)
        let powers = logits.map { exp(Double($0) - highest) }
        let sum = powers.reduce(0, +)
        entries = logits.indices.map { Entry(classIndex: $0, logit: logits[$0], probability: powers[$0] / sum) }
            .sorted { ($1.probability, $0.classIndex) < ($0.probability, $1.classIndex) }
    }

    func first(_ count: Int) -> [Entry] { Array(entries.prefix(count)) }
}

/// The classes' names, as a text file has them, one a line, or the data set.
struct ClassNames {
    let names: [String]

    /// Names that are known otherwise; nil where they are not as many as the classes.
    init?(_ names: [String], count: Int) {
        guard names.count == count else { return nil }
        self.names = names
    }

    init(path: String, count: Int) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Refusal("the labels \(path) can't be read", remedy: "Check the path and permissions")
        }
        var lines = String(decoding: data, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard lines.count == count else {
            throw Refusal(
                "the labels \(path) have \(counted(lines.count, "line")), and the network tells \(count) classes apart",
                remedy: "Give one name a line, in the order of the classes")
        }
        names = lines.map(String.init)
    }
}

/// One line for each picture and class.
enum ClassTable {
    static func table(_ answers: [(path: String, classes: [ClassRanking.Entry])], _ names: ClassNames?) -> Table {
        var columns: [Table.Column] = [
            .init("image"), .init("rank", alignment: .right), .init("class", alignment: .right),
        ]
        if names != nil { columns.append(.init("label")) }
        columns.append(.init("probability", alignment: .decimal, format: .fixed(4)))
        columns.append(.init("logit", isRaw: true))
        let rows = answers.flatMap { path, classes in
            classes.enumerated().map { index, entry in
                var row: [Table.Cell] = [.text(path), .integer(index + 1), .integer(entry.classIndex)]
                if let names { row.append(.text(names.names[entry.classIndex])) }
                return row + [.number(entry.probability), .number(Double(entry.logit))]
            }
        }
        return Table(columns: columns, rows: rows)
    }
}
