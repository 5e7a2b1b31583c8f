import Randomness

/// A rule that puts a mixer at some positions of a stage: `last(1/2)`. Positions count from 0.
public enum Placement: Hashable, Sendable {
    /// The first blocks of the stage.
    case first(Amount)
    /// The last blocks: `last(1/2)` is the official rule, floor(depth/2) attention blocks at the end.
    case last(Amount)
    /// The middle blocks; where the rest is odd, the larger part of it stands behind.
    case middle(Amount)
    /// Every n-th block, the first at `from`.
    case every(Int, from: Int = 0)
    case positions([Int])
    /// A draw without repetition. The same seed, depth and amount give the same positions in every stage and program.
    case random(Amount, seed: UInt64)
    case all
    case none

    /// How many blocks: a number, or a fraction of the stage's depth rounded down.
    public enum Amount: Hashable, Sendable, ExpressibleByIntegerLiteral {
        case count(Int)
        case fraction(Int, Int)

        public init(integerLiteral value: Int) {
            self = .count(value)
        }

        /// `1/2`, so that Swift code reads as the notation does: `.last(1/2)`.
        public static func / (numerator: Amount, denominator: Amount) -> Amount {
            guard case .count(let numerator) = numerator, case .count(let denominator) = denominator else {
                preconditionFailure("an amount is a count or one fraction of two whole numbers")
            }
            return .fraction(numerator, denominator)
        }
    }
}

/// Why a placement does not fit a stage.
struct PlacementError: Error, Equatable {
    let message: String
    let remedy: String?
    /// Which argument of the placement is wrong, counted from 0; nil for the placement as a whole.
    let argument: Int?

    init(_ message: String, remedy: String? = nil, argument: Int? = 0) {
        self.message = message
        self.remedy = remedy
        self.argument = argument
    }
}

extension Placement {
    /// The positions in a stage of this depth, ascending.
    func positions(inDepth depth: Int) throws(PlacementError) -> [Int] {
        switch self {
        case .first(let amount):
            return Array(0..<(try amount.count(inDepth: depth)))
        case .last(let amount):
            return Array((depth - (try amount.count(inDepth: depth)))..<depth)
        case .middle(let amount):
            let count = try amount.count(inDepth: depth)
            let start = (depth - count) / 2
            return Array(start..<(start + count))
        case .every(let step, let start):
            guard step >= 1 else { throw PlacementError("the step of `every` must be 1 or more") }
            guard (0..<depth).contains(start) else { throw outside(start, depth, argument: 1) }
            return Array(stride(from: start, to: depth, by: step))
        case .positions(let positions):
            return try checked(positions, depth)
        case .random(let amount, let seed):
            let count = try amount.count(inDepth: depth)
            var generator = RandomKey(seed: seed)["placement"][depth].generator
            return generator.sample(count, of: depth).sorted()
        case .all:
            return Array(0..<depth)
        case .none:
            return []
        }
    }

    private func checked(_ positions: [Int], _ depth: Int) throws(PlacementError) -> [Int] {
        var seen: Set<Int> = []
        for (argument, position) in positions.enumerated() {
            guard (0..<depth).contains(position) else { throw outside(position, depth, argument: argument) }
            guard seen.insert(position).inserted else {
                throw PlacementError("position \(position) is given twice", remedy: "remove one", argument: argument)
            }
        }
        return positions.sorted()
    }

    private func outside(_ position: Int, _ depth: Int, argument: Int) -> PlacementError {
        PlacementError(
            "position \(position) is outside a stage of depth \(depth)",
            remedy: "positions count from 0: write 0 to \(depth - 1)", argument: argument)
    }
}

extension Placement.Amount {
    /// The number of blocks in a stage of this depth.
    func count(inDepth depth: Int) throws(PlacementError) -> Int {
        switch self {
        case .count(let count):
            guard count >= 0 else { throw PlacementError("a number of blocks cannot be negative") }
            guard count <= depth else {
                throw PlacementError(
                    "\(count) blocks do not fit a stage of depth \(depth)", remedy: "write a number up to \(depth)")
            }
            return count
        case .fraction(let numerator, let denominator):
            guard denominator > 0 else { throw PlacementError("a fraction's denominator must be 1 or more") }
            guard numerator >= 0 else { throw PlacementError("a fraction of a stage cannot be negative") }
            guard numerator <= denominator else {
                throw PlacementError(
                    "\(numerator)/\(denominator) of a stage is more than all of it",
                    remedy: "write a fraction up to 1, or a count of blocks")
            }
            let (high, low) = depth.multipliedFullWidth(by: numerator)
            return denominator.dividingFullWidth((high, low)).quotient
        }
    }
}
