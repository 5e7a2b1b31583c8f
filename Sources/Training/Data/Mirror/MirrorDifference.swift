import Experiments
import Randomness

/// Mirror difference: the bottom half of the image is its top half turned by 180°, but for a few cells; which ones?
///
/// The image is a grid of 8 × 8 cells, each with a glyph of 3 × 3 bits, white on black. The glyphs of the top half are
/// random. The bottom half repeats them turned by 180°, glyph by glyph and as a whole, so that the last cell belongs to
/// the first; then 4 of its 32 cells get another glyph. The task is to say, at each cell of the bottom half, whether it
/// was changed. In reading order a cell's partner stands 1 to 63 cells before it: a scan has to keep all of the top.
///
/// ```
///  image                       labels (· none)            a glyph   turned
///  a  b  c  d  e  f  g  h      ·  ·  ·  ·  ·  ·  ·  ·     # # .     . . #
///  i  j  k  l  m  n  o  p      ·  ·  ·  ·  ·  ·  ·  ·     . # .     . # .
///  …                           …                          # . .     . # #
///  …                           …
///  …                           …                          (one bit is 2 × 2 pixels in a 64 × 64 image,
///  …                           …                          1 × 1 in a 32 × 32 one)
///  p' o' X  m' l' k' j' i'     0  0  1  0  0  0  0  0
///  h' g' f' e' d' c' X  a'     0  0  0  0  0  0  1  0
///
///  variant: control            The bottom half is a plain copy: every partner stands 32 cells before its cell,
///  …                           and its glyph is not turned.
///  i  j  X  l  m  n  o  p
/// ```
/// The metric is average precision over all cells of the bottom half, together and by distance: the rows between a cell
/// and its partner. Who cannot see the top half can only guess: 4/32.
public struct MirrorDifference: DrawnDataset {
    static let definition = DatasetDefinition(
        name: "mirror-difference", summary: "which cells differ from their mirror image?", needsPath: false,
        baselines: MirrorDifference.baselines
    ) { settings throws(DataError) in try MirrorDifference(settings) }

    /// Cells of the bottom half that are changed, of 32.
    static let changes = 4
    static let half = CellCanvas.cells * CellCanvas.cells / 2

    public let settings: DatasetSettings
    private let size: Int
    private let counts: DrawnCounts
    private let key = RandomKey(seed: 0)["mirror-difference"]

    /// - Throws: `DataError.unsuitable` where the settings ask for a path, a size, or numbers that can't be drawn.
    public init(_ settings: DatasetSettings) throws(DataError) {
        counts = try DrawnCounts(settings, readsFiles: false)
        try CellCanvas.check(settings)
        var complete = settings.resolved
        complete.pairs = nil
        complete.testPairs = nil
        size = complete.size ?? 0
        self.settings = complete
    }

    /// A guess finds each cell with the probability of a change.
    static func baselines(_ settings: DatasetSettings) -> [DataBaseline] {
        ([""] + rows(settings.variant).map(\.name)).map { part in
            DataBaseline("blind", .averagePrecision, part: part, Double(changes) / Double(half))
        }
    }

    /// The bottom rows that are as many rows from their partners' as their part's name says; none where all are alike.
    private static func rows(_ variant: DatasetSettings.Variant) -> [(name: String, places: Range<Int>)] {
        guard variant == .task else { return [] }
        return (0..<CellCanvas.cells / 2).map { row in
            let first = half + row * CellCanvas.cells
            return ("distance=\(2 * row + 1)", first..<first + CellCanvas.cells)
        }
    }

    public var task: DataTask { .dense(classes: 2, rows: CellCanvas.cells, columns: CellCanvas.cells) }
    public var image: ImageSize { ImageSize(height: size, width: size, channels: 3) }
    public var classNames: [String] { ["same", "changed"] }
    public var metric: TaskMetric { .averagePrecision }
    public var black: [Float] { [0, 0, 0] }
    public var normalization: PixelNormalization { .plain(channels: 3) }
    public var testParts: [DataPart] {
        MirrorDifference.rows(settings.variant).map {
            DataPart(name: $0.name, range: 0..<counts.test, places: $0.places)
        }
    }

    public func count(_ split: Split) -> Int { counts[split] }

    public func write(
        _ index: Int, of split: Split, image: UnsafeMutablePointer<Float>, labels: UnsafeMutablePointer<Int32>
    ) {
        precondition(index >= 0 && index < count(split), "example \(index) of \(count(split)) in \(split)")
        var generator = key[split.rawValue][index].generator
        let canvas = CellCanvas(pixels: image, size: size)
        let half = MirrorDifference.half
        labels.update(repeating: -1, count: half)
        (labels + half).update(repeating: 0, count: half)
        var unchanged = UInt64.max << UInt64(half)
        for _ in 0..<MirrorDifference.changes {
            let place = CellMask.bit(generator.index(below: unchanged.nonzeroBitCount), of: unchanged)
            unchanged &= ~(1 << UInt64(place))
            labels[place] = 1
        }
        for top in 0..<half {
            let glyph = generator.index(below: 512)
            canvas.glyph(glyph, at: top, inverted: false)
            let isCopy = settings.variant == .control
            let bottom = isCopy ? half + top : 2 * half - 1 - top
            let partner = isCopy ? glyph : MirrorDifference.turned(glyph)
            // Any of the other 511, each as likely; drawn for every cell, so that both variants have the same tops.
            let change = 1 + generator.index(below: 511)
            canvas.glyph((partner + (labels[bottom] == 1 ? change : 0)) % 512, at: bottom, inverted: false)
        }
    }

    /// A glyph turned by 180°: its nine bits in the opposite order.
    private static func turned(_ glyph: Int) -> Int {
        (0..<9).reduce(0) { $0 | (glyph >> $1 & 1) << (8 - $1) }
    }
}
