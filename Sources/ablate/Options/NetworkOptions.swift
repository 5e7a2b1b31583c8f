import ArgumentParser
import Experiments
import Networks

/// The sizes of a network that the command line names: of a layout, or where a published network is to be changed.
struct NetworkOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Channels of a layout's first stage (default: 16).", valueName: "channels"))
    var width: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Height, width and channels of an image (default: 28x28x1; a published network's own).", valueName: "HxWxC"),
        transform: OptionValue.reading("give height, width and channels, such as 32x32x3, each from 1 to 4096"))
    var input: InputSize?

    @Option(
        name: .long,
        help: ArgumentHelp("Classes to tell apart (default: 10; 1000 of a published network).", valueName: "n"))
    var classes: Int?

    func validate() throws {
        if let width, !(1...8192).contains(width) { throw ValidationError("--width is from 1 to 8192.") }
        if let classes, !(2...100_000).contains(classes) { throw ValidationError("--classes is from 2 to 100000.") }
    }

    /// A layout's network.
    ///
    /// - Parameter defaultClasses: The classes where the command line names no number.
    func plan(_ layout: Layout, defaultClasses: Int? = nil) throws -> NetworkPlan {
        var settings = BackboneSettings()
        settings.width = width ?? 16
        return try NetworkPlan(
            layout, settings, input: input?.shape ?? ImageShape(height: 28, width: 28, channels: 1),
            task: .classification(classes: classes ?? defaultClasses ?? 10))
    }

    /// A published network, with its images or its classes changed where the command line says so.
    func plan(_ variant: Variant, defaultClasses: Int? = nil) throws -> NetworkPlan {
        if let width, width != variant.width {
            throw Refusal(
                "\(variant.name) is \(variant.width) channels wide, not \(width)",
                remedy: "Leave --width out, or write the layout out instead of its name")
        }
        let side = variant.resolution
        return try variant.plan(
            input: input?.shape ?? ImageShape(height: side, width: side, channels: 3),
            classes: classes ?? defaultClasses ?? 1000)
    }
}

/// An image size on the command line: `224x224x3`, or `224x224` for three channels.
struct InputSize: ExpressibleByArgument, CustomStringConvertible {
    let shape: ImageShape

    init(shape: ImageShape) {
        self.shape = shape
    }

    init?(argument: String) {
        var numbers = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        if numbers.count == 2 { numbers.append(3) }
        guard numbers.count == 3, numbers.allSatisfy({ (1...4096).contains($0) }) else { return nil }
        shape = ImageShape(height: numbers[0], width: numbers[1], channels: numbers[2])
    }

    var description: String { "\(shape.height)x\(shape.width)x\(shape.channels)" }
}

extension Dialect: ExpressibleByArgument {
    /// The dialect's name, or a shorter word for it that no other dialect begins with: `paper`, `indices`.
    public init?(argument: String) {
        let matching = Dialect.allCases.filter { $0.rawValue == argument || $0.shortName == argument }
        guard let dialect = matching.first else { return nil }
        self = dialect
    }

    /// The word in help and on the command line.
    var shortName: String {
        switch self {
        case .paper: "paper"
        case .attentionIndices: "indices"
        case .ablate, .words, .compact, .megatron, .json: rawValue
        }
    }

    public static var allValueStrings: [String] { allCases.map(\.shortName) }
}
