import Autograd
import Experiments

/// What a benchmark measures.
public enum BenchmarkWork: String, CaseIterable, Sendable {
    case training, inference
}

/// Something whose steps are measured, all alike.
public protocol Benchmark: AnyObject {
    /// Images of one step.
    var batch: Int { get }
    var work: BenchmarkWork { get }
    /// How many times memory for arrays was asked of the system so far.
    var allocations: Int { get }
    /// One step, its parts measured by `profile`.
    func step(_ profile: Profile) throws
}

/// What was measured.
public struct BenchmarkOutcome {
    public let work: BenchmarkWork
    /// Images a second: median, lowest and highest of the repeats.
    public let throughput: Measurement.Throughput
    /// The highest resident set size of the process so far, in bytes.
    public let peakResidentBytes: Int
    /// Seconds of all repeats.
    public let seconds: Double
    /// The time of each kind of operation in all repeats.
    public let profile: Profile
}

extension Benchmark {
    /// Makes `warmup` steps, and then `repeats` that are measured.
    public func run(warmup: Int, repeats: Int) throws -> BenchmarkOutcome {
        _ = try seconds(ofSteps: warmup, Profile())
        let profile = Profile()
        let times = try seconds(ofSteps: repeats, profile)
        var meter = SpeedMeter(imagesPerPiece: batch, warmup: 0)
        for time in times { meter.add(seconds: time) }
        return BenchmarkOutcome(
            work: work, throughput: meter.summary, peakResidentBytes: BenchmarkMemory.peakResidentBytes,
            seconds: times.reduce(0, +), profile: profile)
    }

    /// The seconds of each of `count` steps.
    public func seconds(ofSteps count: Int, _ profile: Profile = Profile()) throws -> [Double] {
        try withFlushedDenormals {
            try (0..<count).map { _ in
                let stopwatch = Stopwatch()
                try step(profile)
                return stopwatch.seconds
            }
        }
    }
}

/// The memory of the process that measures.
public enum BenchmarkMemory {
    /// The highest resident set size so far, in bytes; 0 where the system does not say.
    public static var peakResidentBytes: Int { ProcessFacts.peakResidentBytes }
}
