import ArgumentParser
import Experiments
import Images
import Networks
import Training

/// Pictures, and how they are brought to the network's size.
struct PictureOptions: ParsableArguments {
    enum CropMode: String, CaseIterable, ExpressibleByArgument {
        /// The shorter side fits, and the middle is cut out.
        case center
        /// Both sides fit; proportions are given up.
        case squash
    }

    @Argument(
        help: ArgumentHelp("PNG or JPEG files.", valueName: "image"),
        completion: .file(extensions: ["png", "jpg", "jpeg"]))
    var images: [String]

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The part of the resized picture's side that is kept (default: 1; a published network's own).",
            valueName: "fraction"))
    var crop: Double?

    @Option(name: .long, help: "How pictures that are not square are fitted (default: a published network's own).")
    var cropMode: CropMode?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How pixels are normalised: imagenet, or MEAN/SD with one number or one a channel (default: as the weights "
                + "were trained).", valueName: "imagenet|mean/sd"),
        transform: OptionValue.reading("give imagenet, or MEAN/SD such as 0.29/0.35 or 0.49,0.48,0.45/0.25,0.24,0.26"))
    var normalization: PictureNormalization?

    /// What the commands say about it.
    static let discussion = """
        Pictures are resized and cropped as the published evaluation does; a network for grey images sees them grey. They \
        are normalised as the file of the weights says; where it says nothing, by the data set of the experiment file that \
        --layout names, or by ImageNet's mean and standard deviation for a published network.
        """

    func validate() throws {
        if let crop, !(crop >= 0.1 && crop <= 1) { throw ValidationError("--crop is from 0.1 to 1.") }
    }

    /// How pictures are brought to the network.
    func preparation(for network: LoadedNetwork, _ named: NamedNetwork) throws -> ImagePreparation {
        let input = network.plan.input
        guard [1, 3].contains(input.channels) else {
            throw Refusal(
                "the network reads images of \(counted(input.channels, "channel")), and pictures have 3, or 1 without "
                    + "colour", remedy: "Choose weights of a network that was trained on such pictures")
        }
        let chosen = try chosenNormalization(network, named)
        guard let table = chosen.table(channels: input.channels) else {
            throw Refusal(
                "the network reads images of \(counted(input.channels, "channel")), and the normalisation is of others",
                remedy: "Give --normalization MEAN/SD with one number each, or one for each channel")
        }
        return ImagePreparation(
            height: input.height, width: input.width, cropFraction: crop ?? named.variant?.cropFraction ?? 1,
            squashes: cropMode.map { $0 == .squash } ?? named.variant?.squashes ?? false, table: table)
    }

    /// What the command line says, or the file of weights, or ImageNet for published networks, or the data set.
    private func chosenNormalization(_ network: LoadedNetwork, _ named: NamedNetwork) throws -> PictureNormalization {
        if let normalization { return normalization }
        if let trained = WeightsOrigin.normalization(metadata: network.metadata) { return .given(trained) }
        if named.variant != nil { return .imageNet }
        if let dataset = named.normalization { return .given(dataset) }
        throw Refusal(
            "the weights do not say how the pictures of their training were normalised, and ImageNet's numbers are for "
                + "the published networks",
            remedy:
                "Give --normalization MEAN/SD (`ablate data info` prints a data set's), --normalization imagenet, or "
                + "the experiment file as --layout")
    }
}
