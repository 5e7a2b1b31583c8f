/// Collects the stages of a `Layout { … }`, with loops and conditions.
@resultBuilder
public enum LayoutBuilder {
    public static func buildExpression(_ stage: Stage) -> [Stage] { [stage] }
    public static func buildBlock(_ parts: [Stage]...) -> [Stage] { parts.flatMap(\.self) }
    public static func buildOptional(_ part: [Stage]?) -> [Stage] { part ?? [] }
    public static func buildEither(first: [Stage]) -> [Stage] { first }
    public static func buildEither(second: [Stage]) -> [Stage] { second }
    public static func buildArray(_ parts: [[Stage]]) -> [Stage] { parts.flatMap(\.self) }
}

/// Collects the blocks of a `Stage { … }`, with loops and conditions.
@resultBuilder
public enum StageBuilder {
    public static func buildExpression(_ block: Block) -> [Block] { [block] }
    public static func buildExpression(_ blocks: [Block]) -> [Block] { blocks }
    public static func buildBlock(_ parts: [Block]...) -> [Block] { parts.flatMap(\.self) }
    public static func buildOptional(_ part: [Block]?) -> [Block] { part ?? [] }
    public static func buildEither(first: [Block]) -> [Block] { first }
    public static func buildEither(second: [Block]) -> [Block] { second }
    public static func buildArray(_ parts: [[Block]]) -> [Block] { parts.flatMap(\.self) }
}

extension Layout {
    /// A layout written in Swift.
    ///
    /// ```swift
    /// Layout {
    ///     Stage { Block("conv") }
    ///     Stage { Block("mamba") * 8 }.with("attention", at: .last(1/2))
    /// }
    /// ```
    /// Words and options are not checked here; `normalized(_:)` does.
    public init(@LayoutBuilder _ stages: () -> [Stage]) {
        self.init(stages: stages())
    }
}

extension Stage {
    /// A stage written in Swift: `Stage { Block("mamba") * 4; Block("attention") * 4 }`.
    public init(@StageBuilder _ blocks: () -> [Block]) {
        self.init(blocks())
    }

    /// The stage with this block at the placement's positions.
    ///
    /// The placement must fit the stage's depth.
    public func with(_ block: Block, at placement: Placement) -> Stage {
        do throws(PlacementError) {
            var stage = self
            for position in try placement.positions(inDepth: blocks.count) { stage.blocks[position] = block }
            return stage
        } catch {
            preconditionFailure("with(\(block.mixer), at: \(placement)): \(error.message)")
        }
    }

    /// The stage with this mixer, its options at their defaults, at the placement's positions.
    public func with(_ mixer: String, at placement: Placement) -> Stage {
        with(Block(mixer), at: placement)
    }
}

extension Block {
    /// This block `count` times in a row.
    public static func * (block: Block, count: Int) -> [Block] {
        Array(repeating: block, count: count)
    }
}

extension [Block] {
    /// These blocks `count` times in a row: `[Block("attention"), Block("mamba")] * 4`.
    public static func * (blocks: [Block], count: Int) -> [Block] {
        Array(repeatElement(blocks, count: count).joined())
    }
}
