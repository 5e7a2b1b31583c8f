import ArgumentParser
import Results
import Training

/// `ablate data list`: the data sets that an experiment file may name.
struct DataListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the data sets that an experiment file may name.")

    @OptionGroup var output: OutputOptions

    func run() throws {
        let columns = [Table.Column("name"), Table.Column("files"), Table.Column("summary")]
        let rows = Datasets.all.map { definition in
            [
                Table.Cell.text(definition.name), .text(definition.needsPath ? "dataset.path" : ""),
                .text(definition.summary),
            ]
        }
        try output.print(Table(columns: columns, rows: rows))
    }
}
