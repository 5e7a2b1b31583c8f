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

    @Option(name: .long, help: "A drawn set's variant: task or control.")
    var variant = DatasetSettings.Variant.task

    @Option(name: .long, help: ArgumentHelp("recall-grid: cells from a key to its value.", valueName: "cells"))
    var distance = 1

    /// The data set, read and checked.
    func load() throws -> any Dataset {
        var settings = DatasetSettings()
        settings.name = name
        settings.path = path
        settings.variant = variant
        settings.distance = distance
        // Of files of one's own all training examples are looked at, and there may be few.
        if name == "idx" { settings.validation = 0 }
        return try Datasets.load(settings)
    }
}

extension DatasetSettings.Variant: ExpressibleByArgument {}
