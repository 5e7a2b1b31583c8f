import Autograd
import Experiments

/// The token-mixing part of a block.   x (B, L, C) -> (B, L, C), B counts windows, L tokens of a window
///
/// A new mixer is one file that conforms to this protocol and one word in `Mixers.all`; the notation, the census and the
/// tests pick it up from there.
public protocol Mixer {
    /// The word of the notation, its letter and its options.
    static var word: MixerWord { get }

    /// False for a mixer that does nothing: the block then leaves its branch out, norm and scale included.
    static var mixesTokens: Bool { get }

    /// Refuses widths and options that don't go together. Stages count from 1.
    static func check(_ options: MixerOptions, width: Int, heads: Int, stage: Int) throws(NetworkError)

    /// Declares the mixer's parameters in the site's scope.
    init(_ options: MixerOptions, at site: MixerSite)

    func callAsFunction(_ x: Tensor) -> Tensor
}

extension Mixer {
    public static var mixesTokens: Bool { true }

    public static func check(_ options: MixerOptions, width: Int, heads: Int, stage: Int) throws(NetworkError) {}
}

/// Where a mixer is built: the width, the heads of its stage, the network's settings, the place in the tree of names.
public struct MixerSite {
    /// Channels C of the block.
    public let width: Int
    /// Attention heads of the stage unless the block says otherwise.
    public let heads: Int
    public let settings: BackboneSettings
    public let scope: ParameterScope

    package init(width: Int, heads: Int, settings: BackboneSettings, scope: ParameterScope) {
        self.width = width
        self.heads = heads
        self.settings = settings
        self.scope = scope
    }
}

/// The options of one block, with the mixer's defaults where the layout does not say.
public struct MixerOptions {
    private let block: Block
    private let word: MixerWord

    package init(_ block: Block, of word: MixerWord) {
        self.block = block
        self.word = word
    }

    /// The value of an integer option; nil where neither the layout nor the word has one.
    public func integer(_ name: String) -> Int? {
        guard case .integer(let value) = value(name) else { return nil }
        return value
    }

    /// The value of an integer option that has a default.
    public func requiredInteger(_ name: String) -> Int {
        guard let value = integer(name) else { preconditionFailure("\(word.keyword): option \(name) has no default") }
        return value
    }

    /// The word that an option has; nil where neither the layout nor the mixer's definition gives one.
    public func word(_ name: String) -> String? {
        guard case .word(let value) = value(name) else { return nil }
        return value
    }

    /// The word of an option that has a default.
    public func requiredWord(_ name: String) -> String {
        guard let value = word(name) else { preconditionFailure("\(word.keyword): option \(name) has no default") }
        return value
    }

    private func value(_ name: String) -> OptionValue? {
        block.options[name] ?? word.options.first { $0.name == name }?.defaultValue
    }
}

/// Refuses a width that can't be halved, for mixers with two branches.
func checkHalves(_ word: MixerWord, width: Int, stage: Int) throws(NetworkError) {
    guard width % 2 == 0 else {
        throw NetworkError(
            message: "\(word.keyword) in stage \(stage) needs an even width, but the stage is \(width) channels wide",
            remedy: "choose an even backbone.width")
    }
}
