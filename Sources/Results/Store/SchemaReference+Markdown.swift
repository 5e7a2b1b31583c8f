extension SchemaReference {
    /// Every view and table with its columns, in Markdown.
    public static var markdown: String {
        let head = """
            # The database: schema \(Schema.version)

            One SQLite file (`application_id` 0x\(String(Schema.applicationIdentifier, radix: 16)), `user_version` \
            \(Schema.version)). Views answer most questions and leave out what is removed; tables may gain columns in a later \
            version and lose none. Times are UTC, `yyyy-mm-dd hh:mm:ss.sss`. What survives which accident: \
            [durability](../durability.md).

            """
        return head + all.map(section).joined()
    }

    private static func section(_ relation: Relation) -> String {
        let rows = relation.columns.map { column in
            "| `\(column.name)` | \(column.unit ?? "") | \(column.summary.replacing("|", with: "\\|")) |\n"
        }
        return """

            ## \(relation.isView ? "View" : "Table") `\(relation.name)`
            \(relation.summary.prefix(1).uppercased() + relation.summary.dropFirst()).

            | column | unit | meaning |
            |---|---|---|

            """ + rows.joined()
    }
}
