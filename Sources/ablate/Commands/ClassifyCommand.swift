import ArgumentParser
import Images
import Networks
import Results
import Training

/// `ablate classify`: what a network with given weights sees in pictures.
struct ClassifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify", abstract: "Print the most probable classes of pictures.",
        usage: "ablate classify --weights FILE [--layout mambavision-t] IMAGE ...",
        discussion: """
            \(PictureOptions.discussion) A network for another resolution: --input 512x768. Classes are numbered from 0.
            """)

    @OptionGroup var pictures: PictureOptions
    @OptionGroup var weights: WeightsOptions

    @Option(name: .long, help: ArgumentHelp("How many classes to print for each picture.", valueName: "n"))
    var top = 5

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A text file with the classes' names, one a line (default: the data set's).", valueName: "file"),
        completion: .file(extensions: ["txt"]))
    var labels: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if top < 1 { throw ValidationError("--top is at least 1.") }
    }

    func run() throws {
        let (network, model) = try weights.network()
        guard case .classification(let classes) = network.plan.task else {
            throw Refusal("the network answers for a grid, not for a picture", remedy: "Use `ablate features`")
        }
        let names =
            try labels.map { try ClassNames(path: $0, count: classes) }
            ?? WeightsOrigin(metadata: network.metadata).flatMap { ClassNames($0.classNames, count: classes) }
        let preparation = try pictures.preparation(for: network, model)
        let answers = try pictures.images.map { path in
            let image = try preparation(ImageFile.read(path: path), path: path)
            return (path, ClassRanking(network.logits(image)).first(top))
        }
        try output.print(ClassTable.table(answers, names))
    }
}
