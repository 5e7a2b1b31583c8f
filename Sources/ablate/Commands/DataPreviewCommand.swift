import ArgumentParser
import Experiments
import Foundation
import Training

/// `ablate data preview`: the first examples of a data set, as text or as a picture file.
struct DataPreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Show examples of a data set, as text or as a picture file.")

    @OptionGroup var dataset: DatasetOptions

    @Option(name: .long, help: "The split: train, validation or test.")
    var split = Split.train

    @Option(name: .long, help: ArgumentHelp("How many examples.", valueName: "n"))
    var count = 4

    @Option(name: .long, help: ArgumentHelp("Pictures beside each other.", valueName: "n"))
    var columns = 4

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write one picture file in the portable pixmap format.", valueName: "file.ppm"),
        completion: .file(extensions: ["ppm"]))
    var output: String?

    func validate() throws {
        guard (1...1000).contains(count), (1...100).contains(columns) else {
            throw ValidationError("--count is from 1 to 1000 and --columns from 1 to 100.")
        }
    }

    func run() throws {
        let data = try dataset.load()
        let pictures = DatasetPreview.pictures(data, split, count: count)
        guard let output else {
            Console.standardOutput.write(pictures.map { PictureText.text($0, names: data.classNames) }.joined())
            return
        }
        guard let sheet = DatasetPreview.sheet(pictures, columns: min(columns, pictures.count)) else {
            throw Refusal("the split \(split.rawValue) is empty", remedy: "Choose another --split")
        }
        try OutputFile.write(PixmapFile.bytes(of: sheet), to: output)
    }
}

extension Split: ExpressibleByArgument {}
