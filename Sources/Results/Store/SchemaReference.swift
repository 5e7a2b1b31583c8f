/// What every table, view and column of the database means: printed by `ablate sql --schema`, compared with the real
/// schema in the tests.
public enum SchemaReference {
    public struct Relation: Hashable, Sendable {
        public let name: String
        public let isView: Bool
        public let summary: String
        public let columns: [Column]
    }

    public struct Column: Hashable, Sendable {
        public let name: String
        public let summary: String
        public let unit: String?
    }

    /// Views first: they answer most questions.
    public static let all = views + tables

    /// The relations as a table to print.
    public static func table() -> Table {
        Table(
            title: "Tables and views of the results database (schema \(Schema.version))",
            columns: [
                Table.Column("relation"), Table.Column("column"), Table.Column("unit"), Table.Column("meaning"),
            ],
            rows: all.flatMap { relation in
                [[Table.Cell.text(relation.name), .empty, .empty, .text(relation.summary)]]
                    + relation.columns.map { [.empty, .text($0.name), .text($0.unit), .text($0.summary)] }
            })
    }

    /// The relations as text that ends with a line break: for a terminal one block each, so that no meaning is cut.
    public static func render(_ format: TableFormat, style: TextStyle = TextStyle()) -> String {
        guard format == .table else { return format.render(table(), style: style) }
        let passages = all.map { relation in
            Passage.facts(
                title: "\(relation.name): \(relation.summary)",
                relation.columns.map { column in
                    Passage.Fact("  " + column.name, column.summary + (column.unit.map { " (\($0))" } ?? ""))
                })
        }
        return Passage.render(passages, format, style)
    }

    static func unit(ofColumn name: String) -> String? {
        units[name]
    }

    private static let units = [
        "training_throughput": "images/s", "inference_throughput": "images/s", "training_median": "images/s",
        "training_minimum": "images/s", "training_maximum": "images/s", "inference_median": "images/s",
        "inference_minimum": "images/s", "inference_maximum": "images/s", "wall_seconds": "s", "train_seconds": "s",
        "evaluation_seconds": "s", "activation_bytes": "bytes", "peak_resident_bytes": "bytes",
        "multiply_accumulates": "multiply–accumulates",
    ]

    static func view(_ name: String, _ summary: String, _ columns: [(String, String)]) -> Relation {
        relation(name, isView: true, summary, columns)
    }

    static func table(_ name: String, _ summary: String, _ columns: [(String, String)]) -> Relation {
        relation(name, isView: false, summary, columns)
    }

    private static func relation(
        _ name: String, isView: Bool, _ summary: String, _ columns: [(String, String)]
    ) -> Relation {
        Relation(
            name: name, isView: isView, summary: summary,
            columns: columns.map { Column(name: $0.0, summary: $0.1, unit: units[$0.0]) })
    }
}
