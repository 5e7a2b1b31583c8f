import Experiments
import Testing
import Training

@Suite struct LearningRateScheduleTests {
    static func schedule(_ change: (inout TrainSettings) -> Void, stepsPerEpoch: Int) -> LearningRateSchedule {
        var settings = TrainSettings()
        change(&settings)
        return LearningRateSchedule(settings, stepsPerEpoch: stepsPerEpoch)
    }

    /// The published recipe: 310 epochs, 20 of warm-up, 5e-3; just after the warm-up the rate is 0.98977 of its peak.
    @Test func theWarmupIsNotTakenOffTheCosine() {
        let schedule = LearningRateScheduleTests.schedule(
            {
                $0.epochs = 310
                $0.warmupEpochs = 20
                $0.learningRate = 5e-3
                $0.minimumLearningRate = 5e-6
            }, stepsPerEpoch: 100)
        #expect(schedule(0) == 1e-6)
        #expect(abs(schedule(1000) - (1e-6 + 5e-3) / 2) < 1e-9)
        #expect(abs(schedule(2000) / 5e-3 - 0.98977) < 2e-5)
        #expect(abs(schedule(31_000) - 5e-6) < 1e-12)
        #expect((2000..<31_000).allSatisfy { schedule($0) > schedule($0 + 1) })
    }

    @Test func constantStaysAndFractionsOfAnEpochWarmUp() {
        let schedule = LearningRateScheduleTests.schedule(
            {
                $0.epochs = 4
                $0.warmupEpochs = 0.5
                $0.schedule = .constant
            }, stepsPerEpoch: 10)
        #expect(schedule.warmupSteps == 5 && schedule.steps == 40)
        #expect((5..<40).allSatisfy { schedule($0) == 1e-3 })
        #expect((0..<5).allSatisfy { schedule($0) < schedule($0 + 1) })
    }

    @Test func noWarmupBeginsAtThePeak() {
        let schedule = LearningRateScheduleTests.schedule({ $0.warmupEpochs = 0 }, stepsPerEpoch: 7)
        #expect(schedule(0) == 1e-3)
    }
}
