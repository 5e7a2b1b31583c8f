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

/// A part of the test split that is measured alone, such as `pairs=4`.
public struct DataPart: Hashable, Sendable {
    /// The word behind the metric's name in results.
    public var name: String
    /// The part's examples among the test examples.
    public var range: Range<Int>
    /// The accuracy of trivial answers, to stand beside a network's: `chance`, `most common colour`.
    public var baselines: [Baseline]

    public struct Baseline: Hashable, Sendable {
        public var name: String
        public var accuracy: Double

        public init(_ name: String, _ accuracy: Double) {
            self.name = name
            self.accuracy = accuracy
        }
    }

    public init(name: String, range: Range<Int>, baselines: [Baseline]) {
        self.name = name
        self.range = range
        self.baselines = baselines
    }
}
