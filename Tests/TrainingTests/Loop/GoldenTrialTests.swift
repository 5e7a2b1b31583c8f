import Experiments
import Testing
import Training

/// One small trial whose bits are pinned: a change here means that stored results are no longer comparable, so the
/// engine's number must go up.
@Suite struct GoldenTrialTests {
    #if arch(x86_64)
        @Test(arguments: [
            ("M A", "b31ed010f783e6c0aa8e01878c75c6dfcf23be139956dccbe09a3f3f5788a510"),
            ("B | G A", "f10499daffd5216c77d79d177ce300dce214cf77e395fda212acdea76f8948c8"),
            ("C | M N | A I", "7e389bc4efd1bf9adaa57d80b2e1d695ac6e3780683ff0dad379a131848c3c35"),
        ])
        func bitsNeverChange(layout: String, digest: String) throws {
            let specification = TrainerTests.specification { $0.layout = layout }
            #expect(specification.engine == 1)
            let outcome = try TrainerTests.outcome(TrainerTests.run(specification))
            #expect(outcome.weightsDigest == digest)
        }
    #endif
}
