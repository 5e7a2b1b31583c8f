import Experiments
import Testing
import Training

/// One small trial whose bits are pinned: a change here means that stored results are no longer comparable, so the
/// engine's number must go up.
@Suite struct GoldenTrialTests {
    #if arch(x86_64)
        @Test(arguments: [
            ("M A", "d0d3c4179a146bd5103a2fcd11a29fc9cd9f32c8964e1c7ea1797abb41379853"),
            ("B | G A", "ebc6ae8ef23ecc19d5a96e0cf12dc41a4893269b350e666b23eab5e4505bcf24"),
            ("C | M N | A I", "430359433ed3ce51d6a3eb1a877aea26fd5702141cf4133802536469cd5a219f"),
        ])
        func bitsNeverChange(layout: String, digest: String) throws {
            let specification = TrainerTests.specification { $0.layout = layout }
            #expect(specification.engine == 3)
            let outcome = try TrainerTests.outcome(TrainerTests.run(specification))
            #expect(outcome.weightsDigest == digest)
        }
    #endif
}
