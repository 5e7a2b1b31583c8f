import Autograd
import Experiments
import Networks
import Testing

import Training

/// What is measured is work that a trial does too, and it asks for no memory once it runs.
@Suite struct BenchmarkTests {
    private static func plan(_ layout: String) throws -> NetworkPlan {
        var settings = BackboneSettings()
        settings.width = 8
        settings.headWidth = 8
        settings.mlpRatio = 2
        return try NetworkPlan(
            LayoutParser(vocabulary: Mixers.vocabulary).layout(layout), settings,
            input: ImageShape(height: 16, width: 16, channels: 3), task: .classification(classes: 4), dropPath: 0.2)
    }

    @Test(arguments: BenchmarkWork.allCases, [1, 2])
    func onlyTheFirstStepAsksForMemory(_ work: BenchmarkWork, threads: Int) throws {
        let plan = try BenchmarkTests.plan("C | C | M A G B N I")
        let benchmark = try NetworkBenchmark(plan, work, batch: 4, threads: threads)
        _ = try benchmark.seconds(ofSteps: 1)
        let first = benchmark.allocations
        #expect(first > 0)
        _ = try benchmark.seconds(ofSteps: 4)
        #expect(benchmark.allocations == first)
    }

    @Test func aTrialAsksForNoMemoryAfterItsFirstStep() throws {
        let benchmark = try TrialBenchmark(TrainerTests.specification { $0.layout = "C | M A" }, threads: 1)
        _ = try benchmark.seconds(ofSteps: 1)
        let first = benchmark.allocations
        _ = try benchmark.seconds(ofSteps: 9)
        #expect(benchmark.allocations == first)
    }

    @Test func blocksThatRunAgainTakeLessMemory() throws {
        let plan = try BenchmarkTests.plan("M A M A M A M A")
        let peaks = try [false, true].map { recomputes in
            let benchmark = try NetworkBenchmark(plan, .training, batch: 8, threads: 1, recomputes: recomputes)
            _ = try benchmark.seconds(ofSteps: 1)
            let first = benchmark.allocations
            _ = try benchmark.seconds(ofSteps: 1)
            #expect(benchmark.allocations == first)
            return benchmark.peakBytes
        }
        #expect(2 * peaks[1] < peaks[0])
    }

    @Test func theProfileAccountsForTheStep() throws {
        let benchmark = try NetworkBenchmark(BenchmarkTests.plan("C | M A"), .training, batch: 2, threads: 1)
        let outcome = try benchmark.run(warmup: 1, repeats: 3)
        #expect(outcome.throughput.repeats == 3 && outcome.throughput.median > 0)
        let entries = outcome.profile.entries
        #expect(entries.values.reduce(0) { $0 + $1.seconds } <= outcome.seconds)
        for (key, entry) in entries { #expect(entry.calls.isMultiple(of: 3), "\(key)") }
        let forward = try #require(entries[.init("linear", .forward)])
        let backward = try #require(entries[.init("linear", .backward)])
        #expect(backward.multiplyAccumulates == 2 * forward.multiplyAccumulates && forward.multiplyAccumulates > 0)
        #expect(backward.bytes > forward.bytes)
        // Nothing wants the gradient of the images, so the stem's first convolution has one gradient, not two.
        let convolution = try #require(entries[.init("convolution", .forward)])
        let gradient = try #require(entries[.init("convolution", .backward)])
        #expect(gradient.multiplyAccumulates < 2 * convolution.multiplyAccumulates)
        #expect(entries[.init("optimizer", nil)] != nil && entries[.init("gradient norm", nil)] != nil)
    }

    @Test func aTrialsProfileTellsTheWaitForData() throws {
        let benchmark = try TrialBenchmark(TrainerTests.specification(), threads: 1)
        #expect(benchmark.batch == 16)
        let outcome = try benchmark.run(warmup: 0, repeats: 5)
        #expect(outcome.profile.entries[.init("waiting for data", nil)]?.calls == 5)
    }
}
