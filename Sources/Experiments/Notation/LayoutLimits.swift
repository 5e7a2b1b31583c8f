/// How large a layout and its texts may be. Far beyond any network that trains, small enough that no text can hang a parser.
public enum LayoutLimits {
    /// UTF-8 bytes of one layout's text.
    public static let textBytes = 65_536
    public static let stages = 64
    /// Blocks in a stage.
    public static let depth = 1_000
    /// Groups inside groups.
    public static let nesting = 32
    /// Placements over the blocks of a stage or group.
    public static let clauses = 100
    /// Layouts that the sets of one text may expand to.
    public static let expansions = 100_000
    /// Blocks in all the layouts that the sets of one text expand to.
    public static let expandedBlocks = 4_000_000
}
