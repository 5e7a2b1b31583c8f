import Networks
import Results

/// The facts of a file of weights that fits its network, one a row.
enum WeightsTable {
    static func table(_ file: WeightsFile, _ backbone: Backbone) -> Table {
        let types = Dictionary(grouping: file.arrays, by: \.type).map { "\($0.rawValue) × \($1.count)" }.sorted()
        let facts: [(String, Table.Cell)] = [
            ("file", .text(file.path)), ("arrays", .integer(file.arrays.count)),
            ("types", .text(types.joined(separator: ", "))), ("parameters", .integer(backbone.store.parameterCount)),
            ("running statistics", .integer(backbone.store.states.reduce(0) { $0 + $1.shape.count })),
            ("fits", Table.Cell(.flag(true))),
        ]
        return Table(
            columns: [.init("fact"), .init("value")], rows: facts.map { [.text($0.0), $0.1] })
    }
}
