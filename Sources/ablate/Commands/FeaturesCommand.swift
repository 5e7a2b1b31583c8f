import ArgumentParser
import Images
import Networks

/// `ablate features`: the maps of a network's levels.
struct FeaturesCommand: ParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case safetensors, npy
    }

    static let configuration = CommandConfiguration(
        commandName: "features", abstract: "Write the maps that a network's levels make of pictures.",
        usage: "ablate features --weights FILE [--layout mambavision-t] IMAGE ... -o features.safetensors",
        discussion: """
            levels.0, levels.1, … are the levels' maps before their downsampling (images, channels, height, width), at \
            1/4, 1/8, 1/16 and 1/32 of a published network's image; pooled is what its head reads (images, channels). \
            \(PictureOptions.discussion) With --format npy, -o names a folder that gets one file each.
            """)

    @OptionGroup var pictures: PictureOptions
    @OptionGroup var weights: WeightsOptions

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The file or, for npy, the folder to write.", valueName: "path"),
        completion: .file(extensions: ["safetensors"]))
    var output: String

    @Option(name: .long, help: "The form of the file.")
    var format = Format.safetensors

    func run() throws {
        let (network, model) = try weights.network()
        let preparation = try pictures.preparation(for: network, model)
        var stack = FeatureStack()
        for path in pictures.images {
            stack.add(network.features(try preparation(ImageFile.read(path: path), path: path)))
        }
        switch format {
        case .safetensors: try stack.writer(images: pictures.images).write(path: output)
        case .npy: try stack.writeNumPy(folder: output)
        }
    }
}
