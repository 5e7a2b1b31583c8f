import ArgumentParser
import Experiments
import Networks

/// The network that a layout on the command line is described as.
struct NetworkOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Channels of the first stage.", valueName: "channels"))
    var width = 16

    @Option(name: .long, help: ArgumentHelp("Height, width and channels of an image.", valueName: "HxWxC"))
    var input = InputSize(shape: ImageShape(height: 28, width: 28, channels: 1))

    @Option(name: .long, help: ArgumentHelp("Classes to tell apart.", valueName: "n"))
    var classes = 10

    func validate() throws {
        guard (1...8192).contains(width) else { throw ValidationError("--width is from 1 to 8192.") }
        guard (2...100_000).contains(classes) else { throw ValidationError("--classes is from 2 to 100000.") }
    }

    func plan(_ layout: Layout) throws -> NetworkPlan {
        var settings = BackboneSettings()
        settings.width = width
        return try NetworkPlan(layout, settings, input: input.shape, task: .classification(classes: classes))
    }
}

/// An image size on the command line: `224x224x3`.
struct InputSize: ExpressibleByArgument, CustomStringConvertible {
    let shape: ImageShape

    init(shape: ImageShape) {
        self.shape = shape
    }

    init?(argument: String) {
        let numbers = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
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
