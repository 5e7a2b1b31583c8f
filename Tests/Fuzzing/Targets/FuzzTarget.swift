/// One reader of bytes from outside, as a fuzzer sees it.
///
/// Whatever the bytes, the reader takes them or throws its own kind of error, soon, and keeps what it promises; a broken
/// promise ends the process, which is how a fuzzer learns of it.
public struct FuzzTarget: Sendable {
    /// The word on the command line, and the name of its folder of inputs.
    public let name: String
    /// Reads one input.
    public let read: @Sendable ([UInt8]) -> Void

    init(_ name: String, read: @escaping @Sendable ([UInt8]) -> Void) {
        self.name = name
        self.read = read
    }

    /// A new target is one file and one word here.
    public static let all: [FuzzTarget] = [
        .notation, .experiment, .idx, .cifar, .safetensors, .archive, .pickle, .event, .job, .checkpoint, .png, .jpeg,
        .database,
    ]

    /// The target of this name; nil where there is none.
    public static func named(_ name: String) -> FuzzTarget? {
        all.first { $0.name == name }
    }
}
