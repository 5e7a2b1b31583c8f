/// A part of a text that is more than one table: facts one below the other, or a table.
public enum Passage: Hashable, Sendable {
    /// A name and what there is to say; long words go on under themselves.
    case facts(title: String?, [Fact])
    case table(Table)

    public struct Fact: Hashable, Sendable {
        public var name: String
        public var text: String

        public init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Several passages as one text for people; only for the formats that people read.
    static func render(_ passages: [Passage], _ format: TableFormat, _ style: TextStyle) -> String {
        passages.map { passage in
            switch passage {
            case .table(let table): format.render(table, style: style)
            case .facts(let title, let facts):
                format == .table ? FactList(style: style).render(title, facts) : format.render(table(title, facts))
            }
        }.joined(separator: "\n")
    }

    private static func table(_ title: String?, _ facts: [Fact]) -> Table {
        Table(
            title: title, columns: [.init("name", title: ""), .init("value", title: "")],
            rows: facts.map { [.text($0.name), .text($0.text.replacing("\u{a0}", with: " "))] })
    }
}

/// Facts as aligned text. A no-break space keeps two words on one line and is written as a space.
struct FactList {
    let style: TextStyle
    private let gap = 2

    func render(_ title: String?, _ facts: [Passage.Fact]) -> String {
        let width = facts.map { VisibleText.width($0.name) }.max() ?? 0
        let head = title.map { [style.usesColor ? "\u{1b}[1m\($0)\u{1b}[0m" : $0] } ?? []
        let lines = facts.flatMap { fact in
            let text = VisibleText.singleLine(fact.text)
            let room = style.width.map { max(16, $0 - width - gap) }
            let wrapped = room.map { VisibleText.wrap(text, to: $0) } ?? [text]
            return wrapped.enumerated().map { index, line in
                let name = index == 0 ? fact.name : ""
                let space = String(repeating: " ", count: width - VisibleText.width(name) + gap)
                return name + space + VisibleText.isolated(line.replacing("\u{a0}", with: " "))
            }
        }
        return (head + lines).map { $0 + "\n" }.joined()
    }
}
