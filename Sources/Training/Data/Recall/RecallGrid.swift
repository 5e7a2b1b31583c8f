import Experiments
import Randomness

/// Recall on a grid: multi-query associative recall (Arora et al. 2023, arXiv 2312.04927) drawn as an image.
///
/// The image is a grid of 8 × 8 cells. n dominoes lie on it: a key, which is a glyph of 3 × 3 bits, white on black, and
/// in the cell to its right the key's value, one of eight colours. For each domino there is one query elsewhere: the
/// same glyph inverted, black on white. The task is to say, at the query, which colour stands beside that key. Keys
/// differ within an image, colours may repeat, places are random; a query may come before its domino in reading order.
/// With `distance: 2` the value stands two cells from its key, and what lies between them belongs to others.
///
/// ```
///  image (n = 3)                          labels (· none)
///  k1 R  ·  ·  ·  ·  q2 ·                 ·  ·  ·  ·  ·  ·  B  ·
///  ·  ·  ·  k2 B  ·  ·  ·                 ·  ·  ·  ·  ·  ·  ·  ·
///  ·  q1 ·  ·  ·  ·  ·  ·                 ·  R  ·  ·  ·  ·  ·  ·
///  ·  ·  ·  ·  ·  ·  ·  ·                 ·  ·  ·  ·  ·  ·  ·  ·
///  ·  ·  ·  ·  k3 R  ·  ·                 ·  ·  ·  ·  ·  ·  ·  ·
///  ·  ·  q3 ·  ·  ·  ·  ·                 ·  ·  R  ·  ·  ·  ·  ·
///  ·  ·  ·  ·  ·  ·  ·  ·                 ·  ·  ·  ·  ·  ·  ·  ·
///  ·  ·  ·  ·  ·  ·  ·  ·                 ·  ·  ·  ·  ·  ·  ·  ·
///
///  key k1   query q1   (one bit is 2 × 2 pixels in a 64 × 64 image, 1 × 1 in a 32 × 32 one)
///  # . #    . # .      The middle bit of a key is always set, so no key is another key's query: 255 keys
///  . # .    # . #      (all nine bits set would be a value's full cell).
///  # # .    . . #
/// ```
/// Training and validation mix the numbers of dominoes in `pairs`; testing measures each of `testPairs` alone. Two
/// yardsticks stand beside each: chance, and the accuracy of answering each query with the image's most common colour.
/// Both variants of one image share keys, colours and places of the dominoes; the queries' places differ.
public struct RecallGrid: DrawnDataset {
    static let definition = DatasetDefinition(
        name: "recall-grid", summary: "associative recall drawn on a grid: which colour stands beside this key?",
        needsPath: false, baselines: RecallGrid.baselines
    ) { settings throws(DataError) in try RecallGrid(settings) }

    public let settings: DatasetSettings
    public let testParts: [DataPart]
    private let size: Int
    private let pairs: [Int]
    private let testPairs: [Int]
    private let counts: DrawnCounts
    private let key = RandomKey(seed: 0)["recall-grid"]

    /// - Throws: `DataError.unsuitable` where the settings ask for a path, a size, or numbers that can't be drawn.
    public init(_ settings: DatasetSettings) throws(DataError) {
        counts = try DrawnCounts(settings, readsFiles: false)
        let settings = settings.resolved
        pairs = settings.pairs ?? []
        testPairs = settings.testPairs ?? []
        size = settings.size ?? 0
        try RecallGrid.check(settings, pairs: pairs, testPairs: testPairs)
        self.settings = settings
        let each = counts.test
        testParts = testPairs.enumerated().map { position, pairs in
            DataPart(name: "pairs=\(pairs)", range: position * each..<(position + 1) * each)
        }
    }

    /// Chance and the most common colour for each number of dominoes that is tested.
    static func baselines(_ settings: DatasetSettings) -> [DataBaseline] {
        (settings.resolved.testPairs ?? []).flatMap { pairs in
            [
                DataBaseline("chance", part: "pairs=\(pairs)", 1 / Double(RecallPalette.colours.count)),
                DataBaseline("most common colour", part: "pairs=\(pairs)", mostCommonColour(pairs: pairs)),
            ]
        }
    }

    public var task: DataTask {
        .dense(classes: RecallPalette.colours.count, rows: CellCanvas.cells, columns: CellCanvas.cells)
    }
    public var image: ImageSize { ImageSize(height: size, width: size, channels: 3) }
    public var classNames: [String] { RecallPalette.names }
    public var black: [Float] { [0, 0, 0] }
    public var normalization: PixelNormalization { .plain(channels: 3) }

    public func count(_ split: Split) -> Int {
        split == .test ? counts.test * testPairs.count : counts[split]
    }

    public func write(
        _ index: Int, of split: Split, image: UnsafeMutablePointer<Float>, labels: UnsafeMutablePointer<Int32>
    ) {
        precondition(index >= 0 && index < count(split), "example \(index) of \(count(split)) in \(split)")
        var generator = key[split.rawValue][index].generator
        let number =
            split == .test ? testPairs[index / counts.test] : pairs[generator.index(below: pairs.count)]
        image.update(repeating: 0, count: self.image.count)
        labels.update(repeating: -1, count: task.labelsPerExample)
        let isControl = settings.variant == .control
        var scene = RecallScene(
            pairs: number, distance: settings.distance, leavesRoom: isControl, generator: generator)
        let canvas = CellCanvas(pixels: image, size: size)
        while let domino = scene.nextDomino() {
            canvas.glyph(domino.key, at: domino.place, inverted: false)
            canvas.fill(RecallPalette.colours[domino.colour], at: domino.place + settings.distance)
            canvas.glyph(domino.key, at: domino.query, inverted: true)
            if isControl { canvas.fill(RecallPalette.colours[domino.colour], at: domino.query - 1) }
            labels[domino.query] = Int32(domino.colour)
        }
    }

    private static func check(_ settings: DatasetSettings, pairs: [Int], testPairs: [Int]) throws(DataError) {
        let possible = 1...settings.mostPairs
        for (name, list) in [("pairs", pairs), ("test-pairs", testPairs)] {
            guard !list.isEmpty, list.allSatisfy(possible.contains), Set(list).count == list.count else {
                throw DataError(
                    .unsuitable, "recall-grid can't draw `\(name): \(list)`",
                    remedy: "list different numbers from \(possible.lowerBound) to \(possible.upperBound)")
            }
        }
        try CellCanvas.check(settings)
        guard (1...3).contains(settings.distance) else {
            throw DataError(
                .unsuitable, "recall-grid can't set a value \(settings.distance) cells from its key",
                remedy: "write a `distance` from 1 to 3")
        }
    }

    /// The expected share of queries that the image's most common colour answers, for `pairs` independent colours.
    ///
    /// E[max]/n of a uniform multinomial: P(max ≤ m) = n!/8ⁿ · [xⁿ] (Σ_{j≤m} xʲ/j!)⁸.
    package static func mostCommonColour(pairs n: Int) -> Double {
        let colours = RecallPalette.colours.count
        var expected = 0.0
        for most in 0..<n {
            var product = [1.0] + [Double](repeating: 0, count: n)
            for _ in 0..<colours {
                product = (0...n).map { power in
                    var (sum, term) = (0.0, 1.0)
                    for j in 0...min(most, power) {
                        term = j == 0 ? 1 : term / Double(j)
                        sum += product[power - j] * term
                    }
                    return sum
                }
            }
            let atMost = (1...n).reduce(product[n]) { $0 * Double($1) / Double(colours) }
            expected += 1 - atMost
        }
        return expected / Double(n)
    }
}
