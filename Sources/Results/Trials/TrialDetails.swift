/// Everything that the database knows of one trial.
public struct TrialDetails: Hashable, Sendable {
    /// A row of an experiment that the trial serves.
    public struct Place: Hashable, Sendable {
        public var experiment: String
        public var row: String
    }

    /// A setting by its path, such as `train.lr`, and its value as JSON without quotation marks.
    public struct Setting: Hashable, Sendable {
        public var path: String
        public var value: String
    }

    /// One number of the result.
    public struct Number: Hashable, Sendable {
        public var split: String
        public var name: String
        public var part: String
        public var value: Double?
    }

    /// One metric epoch by epoch.
    public struct Curve: Hashable, Sendable {
        public var split: String
        public var name: String
        public var part: String
        /// The epoch of the first value.
        public var firstEpoch: Int
        /// One value an epoch; nil for not a number.
        public var values: [Double?]
    }

    /// One try at the trial.
    public struct Attempt: Hashable, Sendable {
        public var number: Int
        public var state: String
        public var reason: String?
        public var message: String?
        public var startedAt: String?
        public var endedAt: String?
        public var resumedAfterEpoch: Int
        public var epochs: Int
        public var wallSeconds: Double?
        /// Whether the trial's result is this attempt's.
        public var isSelected: Bool
        /// Where and with what it ran, in order: host, processor, threads and so on.
        public var provenance: [Setting]
    }

    /// How the bytes of the data set's pictures become the network's input.
    public enum Pixels: Hashable, Sendable {
        /// (byte / 255 − mean) / deviation, one number a channel.
        case normalized(mean: [Double], deviation: [Double])
        /// It can't be said here, and why.
        case unknown(String)
    }

    public var identity: String
    public var state: TrialState
    public var layout: String
    public var seed: Int
    public var places: [Place]
    public var settings: [Setting]
    public var selectedEpoch: Int?
    public var results: [Number]
    public var size: NetworkSize?
    public var curves: [Curve]
    public var attempts: [Attempt]
    /// Not in the database: who knows the data set adds it.
    public var pixels: Pixels?

    /// The attempt whose result counts, or the latest.
    public var shownAttempt: Attempt? { attempts.first(where: \.isSelected) ?? attempts.last }
}
