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
        help: ArgumentHelp(
            "Write one picture file: PNG, or by its ending the portable pixmap format (.ppm).", valueName: "file.png"),
        completion: .file(extensions: ["png", "ppm"]))
    var output: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Pixels of the file for one of the data set, each way (default: as many as make a picture 128 high).",
            valueName: "n"))
    var scale: Int?

    func validate() throws {
        guard (1...1000).contains(count), (1...100).contains(columns) else {
            throw ValidationError("--count is from 1 to 1000 and --columns from 1 to 100.")
        }
        if let scale, !(1...64).contains(scale) { throw ValidationError("--scale is from 1 to 64.") }
        if let output, PictureFile.Kind(path: output) == nil {
            throw ValidationError("\(output): give a name that ends in .png or .ppm.")
        }
    }

    func run() throws {
        let data = try dataset.load()
        let pictures = DatasetPreview.pictures(data, split, count: count)
        guard let output else {
            let text = PictureText(Console.standardOutput)
            Console.standardOutput.write(pictures.map { text.text($0, names: data.classNames) }.joined())
            return
        }
        guard let sheet = DatasetPreview.sheet(pictures, columns: min(columns, pictures.count)),
            let first = pictures.first
        else {
            throw Refusal("the split \(split.rawValue) is empty", remedy: "Choose another --split")
        }
        let factor = scale ?? max(1, 128 / first.size.height)
        try OutputFile.write(PictureFile.bytes(of: sheet.magnified(factor), path: output), to: output)
    }
}

extension Split: ExpressibleByArgument {}
