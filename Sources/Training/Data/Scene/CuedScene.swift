import Experiments
import Randomness

/// Cued scene: eight garments of Fashion-MNIST in a scene, one more in a frame; where are those of its class?
///
/// The image is 64 × 64, grey, with 4 × 4 slots of 16 × 16. Eight slots hold garments of three classes (three, three and
/// two of them), shrunk to 14 × 14 and moved by up to two pixels; a ninth holds the cue, another garment of one of
/// the three classes in a white frame. The task is the mask of the cue's class, the cue itself left out, on a grid of
/// 16 × 16: a place of 4 × 4 pixels belongs to it if a quarter of them is garment.
///
/// ```
///  scene (a, b, c garments of three classes)      labels (1 target, · 0)
///  a    ·    b    ·                               ·  ·  1  ·
///  ·   [b]   ·    c                               ·  ·  ·  ·         (one sign for each slot; a slot has
///  b    ·    a    c                               1  ·  ·  ·          4 × 4 labels)
///  c    a    b    ·                               ·  ·  1  ·
///
///  variant: control     The cue is a bag in every scene: its class need not be looked up, only known.
/// ```
/// The metric is the mean over images of the target's intersection over union. The three classes are cued equally often,
/// so an answer that does not look at the cue has at most 1/3: for any answer P, Σ |P∩c| / |P∪c| over the classes c is at
/// most Σ |P∩c| / |P| ≤ 1.
///
/// Training scenes show the first 50,000 training images of Fashion-MNIST, validation scenes the other 10,000, test
/// scenes the test images.
struct CuedScene: DrawnDataset {
    static let definition = DatasetDefinition(
        name: "cued-scene", summary: "where are the garments of the framed one's class?", needsPath: false,
        baselines: { settings in
            settings.variant == .task ? [DataBaseline("blind to the cue", .meanOverlap, 1 / Double(classes))] : []
        },
        look: { settings throws(DataError) in
            DatasetFacts(try CuedScene(settings, sprites: try GarmentSprites.check(settings)))
        },
        load: { settings throws(DataError) in try CuedScene(settings, sprites: try GarmentSprites.load(settings)) })

    static let side = 64
    static let slots = 4
    /// Places along each side of the label grid.
    static let grid = 16
    /// Classes in one scene.
    static let classes = 3
    /// How many garments each of them has.
    private static let garments = [3, 3, 2]
    /// The class that the control cues: bags.
    private static let controlClass = 8

    let settings: DatasetSettings
    private let sprites: GarmentSprites
    private let counts: DrawnCounts
    private let key = RandomKey(seed: 0)["cued-scene"]

    private init(_ settings: DatasetSettings, sprites: GarmentSprites) throws(DataError) {
        counts = try DrawnCounts(settings, readsFiles: true)
        var complete = settings.resolved
        complete.digest = FashionMNIST.digest
        complete.pairs = nil
        complete.testPairs = nil
        complete.size = nil
        self.settings = complete
        self.sprites = sprites
    }

    var task: DataTask { .dense(classes: 2, rows: CuedScene.grid, columns: CuedScene.grid) }
    var image: ImageSize { ImageSize(height: CuedScene.side, width: CuedScene.side, channels: 1) }
    var classNames: [String] { ["other", "target"] }
    var metric: TaskMetric { .meanOverlap }
    var black: [Float] { [0] }
    var normalization: PixelNormalization { .plain(channels: 1) }

    func count(_ split: Split) -> Int { counts[split] }

    func write(
        _ index: Int, of split: Split, image: UnsafeMutablePointer<Float>, labels: UnsafeMutablePointer<Int32>
    ) {
        precondition(index >= 0 && index < count(split), "example \(index) of \(count(split)) in \(split)")
        var generator = key[split.rawValue][index].generator
        let canvas = SceneCanvas(pixels: image, labels: labels)
        canvas.clear()
        var free = UInt64(1) << UInt64(CuedScene.slots * CuedScene.slots) &- 1
        func slot() -> Int {
            let slot = CellMask.bit(generator.index(below: free.nonzeroBitCount), of: free)
            free &= ~(1 << UInt64(slot))
            return slot
        }
        func place(_ garment: Int, isTarget: Bool, isCue: Bool) {
            let sprite = sprites.draw(garment, of: split, &generator)
            let shift = (generator.index(below: 3), generator.index(below: 3))
            sprites.withPixels(sprite) { pixels in
                canvas.put(pixels, at: slot(), shift: shift, isTarget: isTarget, isFramed: isCue)
            }
        }
        let classes = drawClasses(&generator)
        let cued = settings.variant == .control ? 0 : generator.index(below: CuedScene.classes)
        let fewer = generator.index(below: CuedScene.classes)
        for position in 0..<CuedScene.classes {
            for _ in 0..<CuedScene.garments[(position + CuedScene.classes - 1 - fewer) % CuedScene.classes] {
                place(classes[position], isTarget: position == cued, isCue: false)
            }
        }
        place(classes[cued], isTarget: false, isCue: true)
        canvas.finish()
    }

    /// Three different classes, the control's class first in the control.
    private func drawClasses(_ generator: inout RandomGenerator) -> SIMD4<Int> {
        var classes = SIMD4<Int>(repeating: -1)
        for position in 0..<CuedScene.classes {
            var drawn = settings.variant == .control && position == 0 ? CuedScene.controlClass : -1
            while drawn < 0 || (0..<position).contains(where: { classes[$0] == drawn }) {
                drawn = generator.index(below: FashionMNIST.classNames.count)
            }
            classes[position] = drawn
        }
        return classes
    }
}
