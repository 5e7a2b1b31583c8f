/// The lengths of a tensor's dimensions, outermost first. Data are contiguous, the last dimension fastest.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
    public let dimensions: [Int]
    /// The product of all dimensions: how many numbers the tensor holds.
    public let count: Int

    public init(_ dimensions: [Int]) {
        precondition(dimensions.allSatisfy { $0 >= 0 }, "negative dimension in \(dimensions)")
        self.dimensions = dimensions
        count = dimensions.reduce(1, *)
    }

    public init(arrayLiteral elements: Int...) {
        self.init(elements)
    }

    public var rank: Int { dimensions.count }
    public subscript(_ index: Int) -> Int { dimensions[index] }

    /// The length of the last dimension: the channels.
    public var channels: Int { dimensions.last ?? 1 }
    /// The product of all but the last dimension: the tokens or pixels.
    public var rows: Int { dimensions.dropLast().reduce(1, *) }

    /// The same rows with another number of channels.
    public func withChannels(_ channels: Int) -> Shape {
        Shape(dimensions.dropLast() + [channels])
    }

    public var description: String { "(" + dimensions.map(String.init).joined(separator: ", ") + ")" }
}
