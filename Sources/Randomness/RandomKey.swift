/// A named place in the tree of random numbers: the same name always holds the same numbers.
///
/// Every random draw of the program is addressed by such a key, for example
/// `RandomKey(seed: 3)["init"]["levels.2.blocks.0.mixer.in_proj.weight"]`. Two networks that share a parameter's name
/// share its initial values, and no draw depends on how many draws were made elsewhere.
public struct RandomKey: Hashable, Sendable {
    /// The 64 bits that stand for the path from the root.
    public let bits: UInt64

    /// The root of the tree of one seed.
    public init(seed: UInt64) {
        bits = mix(seed &+ goldenGamma)
    }

    private init(bits: UInt64) {
        self.bits = bits
    }

    /// The child of this name. FNV-1a over the UTF-8 bytes, then one avalanche, so that "a"/"bc" is not "ab"/"c".
    public subscript(_ name: String) -> RandomKey {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return RandomKey(bits: mix(bits ^ mix(hash)))
    }

    /// The child of this index, unrelated to any named child.
    public subscript(_ index: Int) -> RandomKey {
        RandomKey(bits: mix(bits &+ goldenGamma &* (UInt64(bitPattern: Int64(index)) &+ 1) ^ 0x6a09_e667_f3bc_c909))
    }

    /// A generator that starts at this key's first number.
    public var generator: RandomGenerator { RandomGenerator(state: bits) }
}

private let goldenGamma: UInt64 = 0x9e37_79b9_7f4a_7c15

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every input bit reaches every output bit.
private func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
}

/// SplitMix64: one addition and one avalanche a number, period 2⁶⁴.
public struct RandomGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(state: UInt64) {
        self.state = state
    }

    public mutating func next() -> UInt64 {
        state &+= goldenGamma
        return mix(state)
    }

    /// A number in [0, 1) with 24 random bits: every value is exact in a Float.
    public mutating func uniform() -> Float {
        Float(next() >> 40) * 0x1p-24
    }

    /// An integer in 0..<bound without modulo bias (Lemire 2019).
    public mutating func index(below bound: Int) -> Int {
        precondition(bound > 0, "index(below: \(bound)): the bound must be positive")
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold {
                product = next().multipliedFullWidth(by: range)
            }
        }
        return Int(product.high)
    }

    /// The first `count` of `0..<bound` in random order, without repetition (Fisher and Yates).
    public mutating func sample(_ count: Int, of bound: Int) -> [Int] {
        precondition(count <= bound, "sample(\(count), of: \(bound)): more items than there are")
        var items = Array(0..<bound)
        for i in 0..<count {
            items.swapAt(i, i + index(below: bound - i))
        }
        return Array(items.prefix(count))
    }
}
