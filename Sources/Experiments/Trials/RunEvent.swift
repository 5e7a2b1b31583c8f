/// What a worker reports, one JSON line each; the coordinator turns every event into rows.
public enum RunEvent: Codable, Hashable, Sendable {
    /// The attempt has begun: where, with what, on which data.
    case started(Provenance)
    /// One epoch is over and evaluated.
    case epoch(EpochReport)
    /// The network's size and speed.
    case measured(Measurement)
    /// The trial is complete; the selected epoch's metrics are its result.
    case finished(Outcome)
    /// The attempt has ended without a result.
    case failed(Failure)
    /// The attempt's first step is over, and each of this many parameters has got a gradient in it.
    case gradientsChecked(parameters: Int)
    /// What a person should know although nothing failed, such as a checkpoint that could not be used; a sentence
    /// without a full stop.
    case note(String)
    /// Still alive: the step that was just made.
    case progress(step: Int, steps: Int)
}

/// Which part of the data a metric was measured on.
public enum Split: String, Codable, CaseIterable, Hashable, Sendable {
    case train, validation, test
}

/// One measured number: `test accuracy 0.91`, `test accuracy pairs=4 0.83`.
public struct Metric: Codable, Hashable, Sendable {
    public var split: Split
    /// `loss`, `accuracy`, or another metric of the task.
    public var name: String
    /// A part of the split that is measured alone, such as `pairs=4`; empty for the whole.
    public var part: String
    public var value: Double

    public init(_ split: Split, _ name: String, part: String = "", _ value: Double) {
        self.split = split
        self.name = name
        self.part = part
        self.value = value
    }
}

/// The metrics of one epoch.
public struct EpochReport: Codable, Hashable, Sendable {
    /// Counts from 1.
    public var epoch: Int
    public var metrics: [Metric]
    public var learningRate: Double
    /// The mean over the epoch's steps of the global gradient norm before clipping.
    public var gradientNorm: Double
    /// Seconds of training in this epoch, without evaluation.
    public var trainSeconds: Double
    /// Seconds of evaluation in this epoch.
    public var evaluationSeconds: Double

    public init(
        epoch: Int, metrics: [Metric], learningRate: Double, gradientNorm: Double, trainSeconds: Double,
        evaluationSeconds: Double
    ) {
        self.epoch = epoch
        self.metrics = metrics
        self.learningRate = learningRate
        self.gradientNorm = gradientNorm
        self.trainSeconds = trainSeconds
        self.evaluationSeconds = evaluationSeconds
    }
}

/// A network's size and speed. Throughputs are images a second: median, lowest and highest of the repeats.
public struct Measurement: Codable, Hashable, Sendable {
    public struct Throughput: Codable, Hashable, Sendable {
        public var median: Double
        public var minimum: Double
        public var maximum: Double
        public var repeats: Int

        public init(median: Double, minimum: Double, maximum: Double, repeats: Int) {
            self.median = median
            self.minimum = minimum
            self.maximum = maximum
            self.repeats = repeats
        }
    }

    public var parameters: Int
    /// Multiply–accumulates of one image's forward pass, attention products and scan included.
    public var multiplyAccumulates: Int
    /// The pool's peak in bytes over one training step of one batch.
    public var activationBytes: Int
    /// The process's highest resident set size in bytes.
    public var peakResidentBytes: Int
    public var training: Throughput
    public var inference: Throughput

    public init(
        parameters: Int, multiplyAccumulates: Int, activationBytes: Int, peakResidentBytes: Int, training: Throughput,
        inference: Throughput
    ) {
        self.parameters = parameters
        self.multiplyAccumulates = multiplyAccumulates
        self.activationBytes = activationBytes
        self.peakResidentBytes = peakResidentBytes
        self.training = training
        self.inference = inference
    }
}

/// The end of a complete trial.
public struct Outcome: Codable, Hashable, Sendable {
    /// The epoch whose metrics are the result (`TrainSettings.selection`), counting from 1.
    public var epoch: Int
    public var metrics: [Metric]
    public var wallSeconds: Double
    /// SHA-256 (hex) of the final parameters and buffers, so that two runs can be compared bit for bit.
    public var weightsDigest: String

    public init(epoch: Int, metrics: [Metric], wallSeconds: Double, weightsDigest: String) {
        self.epoch = epoch
        self.metrics = metrics
        self.wallSeconds = wallSeconds
        self.weightsDigest = weightsDigest
    }
}

/// Why an attempt has ended without a result.
public struct Failure: Error, Codable, Hashable, Sendable {
    public enum Reason: String, Codable, CaseIterable, Sendable {
        /// The loss became infinite or not a number.
        case diverged
        /// The data could not be read.
        case data
        /// A parameter received no gradient, or the network could not be built.
        case network
        /// The worker ended without a word: a signal or a crash.
        case crashed
        /// A person or the system asked it to stop.
        case interrupted
        /// It has trained for as many epochs as it was asked for, and can go on from there.
        case paused
    }

    public var reason: Reason
    public var message: String

    public init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }
}

extension Failure: Explained {
    public var advice: String? { nil }
}

/// Where and with what an attempt ran.
public struct Provenance: Codable, Hashable, Sendable {
    public var host: String
    public var processIdentifier: Int
    /// Seconds since 1970 at which the process started: tells a reused process identifier apart.
    public var processStart: Double
    public var processor: String
    public var codeVersion: String
    public var compiler: String
    public var blas: String
    public var operatingSystem: String
    public var threads: Int
    /// Whether blocks are computed twice instead of keeping what is in them; nil as false.
    public var recomputes: Bool?
    public var dataDigest: String?
    /// The epoch after which a checkpoint was taken up; 0 for a fresh start.
    public var resumedAfterEpoch: Int

    public init(
        host: String, processIdentifier: Int, processStart: Double, processor: String, codeVersion: String,
        compiler: String, blas: String, operatingSystem: String, threads: Int, recomputes: Bool = false,
        dataDigest: String?,
        resumedAfterEpoch: Int
    ) {
        self.host = host
        self.processIdentifier = processIdentifier
        self.processStart = processStart
        self.processor = processor
        self.codeVersion = codeVersion
        self.compiler = compiler
        self.blas = blas
        self.operatingSystem = operatingSystem
        self.threads = threads
        self.recomputes = recomputes ? true : nil
        self.dataDigest = dataDigest
        self.resumedAfterEpoch = resumedAfterEpoch
    }
}
