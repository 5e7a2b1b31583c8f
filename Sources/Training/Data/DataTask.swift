/// What is asked of a network: one class for each image, or one class for each place of a grid.
public enum DataTask: Hashable, Sendable {
    /// One of `classes` classes for each image.
    case classification(classes: Int)
    /// One of `classes` classes for each labelled place of a `rows` × `columns` grid over the image.
    case dense(classes: Int, rows: Int, columns: Int)

    public var classes: Int {
        switch self {
        case .classification(let classes), .dense(let classes, _, _): classes
        }
    }

    /// How many labels one example has: 1, or the places of the grid in row-major order.
    public var labelsPerExample: Int {
        switch self {
        case .classification: 1
        case .dense(_, let rows, let columns): rows * columns
        }
    }
}

/// The size of one image in pixels. Memory holds (height, width, channels), channels fastest.
public struct ImageSize: Hashable, Sendable {
    public var height: Int
    public var width: Int
    public var channels: Int

    public init(height: Int, width: Int, channels: Int) {
        self.height = height
        self.width = width
        self.channels = channels
    }

    /// How many numbers one image holds.
    public var count: Int { height * width * channels }
}

/// What is measured on a split beside the loss and the accuracy.
public enum TaskMetric: String, Hashable, Sendable {
    /// The share of labels that have the highest logit. Nothing is measured beside it.
    case accuracy
    /// How well the places of class 1 are ranked before those of class 0 (``AveragePrecision``).
    case averagePrecision = "average-precision"
    /// The mean over images of the overlap of class 1 (``MeanOverlap``).
    case meanOverlap = "mean-iou"
}

/// A part of the test split that is measured alone, such as `pairs=4`.
public struct DataPart: Hashable, Sendable {
    /// The word behind the metric's name in results.
    public var name: String
    /// The part's examples among the test examples.
    public var range: Range<Int>
    /// The part's places among an example's labels; nil for all.
    public var places: Range<Int>?

    public init(name: String, range: Range<Int>, places: Range<Int>? = nil) {
        self.name = name
        self.range = range
        self.places = places
    }
}

/// What an answer reaches that needs no training, to stand beside a network's: `chance`, `most common colour`.
public struct DataBaseline: Hashable, Sendable {
    public var name: String
    /// The metric that the value is of.
    public var metric: TaskMetric
    /// The part of the test split; empty for the whole.
    public var part: String
    public var value: Double

    public init(_ name: String, _ metric: TaskMetric = .accuracy, part: String = "", _ value: Double) {
        self.name = name
        self.metric = metric
        self.part = part
        self.value = value
    }
}
