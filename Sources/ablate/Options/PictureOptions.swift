import ArgumentParser
import Images
import Networks

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

    func validate() throws {
        if let crop, !(crop >= 0.1 && crop <= 1) { throw ValidationError("--crop is from 0.1 to 1.") }
    }

    /// The published preparation for the network.
    func preparation(for plan: NetworkPlan, _ variant: Variant?) throws -> ImagePreparation {
        guard plan.input.channels == 3 else {
            throw Refusal(
                "the network reads images of \(counted(plan.input.channels, "channel")), and pictures have 3",
                remedy: "Give a network for pictures, such as --input 224x224x3")
        }
        return ImagePreparation(
            height: plan.input.height, width: plan.input.width, cropFraction: crop ?? variant?.cropFraction ?? 1,
            squashes: cropMode.map { $0 == .squash } ?? variant?.squashes ?? false)
    }
}
