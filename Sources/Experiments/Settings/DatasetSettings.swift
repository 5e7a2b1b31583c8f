/// Which examples a network sees.
public struct DatasetSettings: Codable, Hashable, Sendable {
    /// A word of the list of data sets: `fashion-mnist`, `idx`, `cifar-10`, `cifar-100`, `recall-grid`,
    /// `mirror-difference`, `cued-scene`.
    public var name = "fashion-mnist"
    /// The folder with the files, for data sets that are read from files. Not part of a trial's identity: the digest is.
    public var path: String?
    /// SHA-256 (hex) over the digests of the files, filled in when the data set is looked up; nil for procedural sets.
    public var digest: String?
    /// Training examples; nil for all that are there (procedural sets: 32,000).
    public var train: Int?
    /// Examples for validation, taken from those behind the training examples in the training split.
    public var validation = 1000
    /// Test examples; nil for all that are there (procedural sets: 2,000 for each difficulty).
    public var test: Int?
    /// recall-grid: the numbers of key–value pairs that training mixes.
    public var pairs: [Int]?
    /// recall-grid: the numbers of key–value pairs that are tested, each alone.
    public var testPairs: [Int]?
    /// recall-grid, mirror-difference: height and width of the drawing in pixels, 32 or 64; nil for 64.
    public var size: Int?
    /// recall-grid: how many cells to the right of its key a value stands.
    public var distance = 1
    /// Drawn sets: the task itself, or its control.
    public var variant = Variant.task

    public enum Variant: String, Codable, CaseIterable, Sendable {
        case task
        /// The same drawing with the answer at hand: what the task needs beyond seeing is not needed.
        case control
    }

    public init() {}
}
