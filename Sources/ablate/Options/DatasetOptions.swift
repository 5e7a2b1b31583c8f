import ArgumentParser
import Experiments
import Training

/// Which data set a command looks at.
struct DatasetOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The data set's name: `ablate data list` shows them.", valueName: "name"))
    var name: String

    @Option(
        name: .long, help: ArgumentHelp("The folder with the data set's files.", valueName: "folder"),
        completion: .directory)
    var path: String?

    /// The data set, read and checked.
    func load() throws -> any Dataset {
        var settings = DatasetSettings()
        settings.name = name
        settings.path = path
        return try Datasets.load(settings)
    }
}
