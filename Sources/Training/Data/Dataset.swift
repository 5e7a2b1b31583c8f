import Experiments

/// Labelled images in three splits, ready to be written into a batch.
///
/// Example `i` of a split is always the same numbers, whoever asks, in whatever order, on whatever thread.
public protocol Dataset: Sendable {
    /// The settings as they were given, with every default and the files' digest filled in: two spellings of the same
    /// data have equal settings here.
    var settings: DatasetSettings { get }
    var task: DataTask { get }
    var image: ImageSize { get }
    /// What the classes are called, in order; empty where nobody has said.
    var classNames: [String] { get }
    /// What tells most about a network's answers.
    var metric: TaskMetric { get }
    /// The parts of the test split that are measured alone; empty where there are none.
    var testParts: [DataPart] { get }
    /// The value of a black pixel in each channel, for padding.
    var black: [Float] { get }
    /// How bytes become the numbers that ``write(_:of:image:labels:)`` gives.
    var normalization: PixelNormalization { get }

    /// How many examples a split has.
    func count(_ split: Split) -> Int

    /// Writes one example.
    ///
    /// - Parameters:
    ///   - index: the example's place in its split, from 0.
    ///   - image: where its pixels go, (height, width, channels), normalised: `image.count` numbers.
    ///   - labels: where its labels go: `task.labelsPerExample` numbers, −1 for a place without a label.
    func write(
        _ index: Int, of split: Split, image: UnsafeMutablePointer<Float>, labels: UnsafeMutablePointer<Int32>)

    /// The example as a person would look at it: bytes, not normalised.
    func picture(_ index: Int, of split: Split) -> Picture
}

extension Dataset {
    public var classNames: [String] { [] }
    public var metric: TaskMetric { .accuracy }
    public var testParts: [DataPart] { [] }

    /// Writes the examples `indices` of a split one after the other, without allocating.
    ///
    /// - Parameters:
    ///   - images: (examples, height, width, channels), at least `indices.count` examples long.
    ///   - labels: (examples, labels per example), at least `indices.count` examples long.
    public func fill(
        _ indices: ArraySlice<Int>, of split: Split, images: UnsafeMutableBufferPointer<Float>,
        labels: UnsafeMutableBufferPointer<Int32>
    ) {
        let (pixels, places) = (image.count, task.labelsPerExample)
        precondition(
            images.count >= indices.count * pixels && labels.count >= indices.count * places,
            "fill: \(images.count) numbers and \(labels.count) labels for \(indices.count) examples of \(image)")
        guard let firstImage = images.baseAddress, let firstLabel = labels.baseAddress else { return }
        for (position, index) in indices.enumerated() {
            write(index, of: split, image: firstImage + position * pixels, labels: firstLabel + position * places)
        }
    }
}

/// One image as bytes, three a pixel (red, green, blue) or one (grey), rows from the top.
public struct Picture: Hashable, Sendable {
    public var size: ImageSize
    public var bytes: [UInt8]
    /// The example's labels, as `Dataset.write` gives them.
    public var labels: [Int32]

    public init(size: ImageSize, bytes: [UInt8], labels: [Int32]) {
        self.size = size
        self.bytes = bytes
        self.labels = labels
    }
}
