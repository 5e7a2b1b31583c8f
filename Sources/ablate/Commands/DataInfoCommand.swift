import ArgumentParser
import Experiments
import Results
import Training

/// `ablate data info`: reads and checks a data set and says what is in it.
struct DataInfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Read and check a data set, and say what is in it.")

    @OptionGroup var dataset: DatasetOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.print(DatasetTable.table(try dataset.load()))
    }
}
