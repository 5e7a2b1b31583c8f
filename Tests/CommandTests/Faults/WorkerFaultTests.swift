import Foundation
import Testing

/// Workers that get too little memory, and losses that are no numbers.
@Suite struct WorkerFaultTests {
    /// The memory of a sanitizer passes every limit.
    @Test(.disabled(if: Sandbox.isSanitized))
    func tooLittleMemoryIsNamedAndCostsItsTrialOnly() throws {
        let sandbox = try Sandbox()
        let text = SmallExperiment.text(seeds: 1, epochs: 1, examples: 512)
            .replacing("first: A M", with: "first: {layout: M64, train: {batch: 512}}")
        try sandbox.write(text, to: "small.yaml")
        let ending = try sandbox.ablate("run", "small.yaml", "--memory", "256M", "--jobs", "1")
        #expect(ending.status == 1, "\(ending.error)")
        #expect(
            ending.error.contains("more than its memory limit of 256 MiB: give more with `ablate retry --memory 512M`"),
            "\(ending.error)")
        #expect(try sandbox.count("SELECT count(*) FROM v_trials WHERE state = 'done' AND \"row\" = 'last'") == 1)
        #expect(try sandbox.count("SELECT count(*) FROM v_trials WHERE state = 'failed' AND \"row\" = 'first'") == 1)
    }

    @Test func aLossThatIsNoNumberIsADivergence() throws {
        let sandbox = try Sandbox()
        let text = SmallExperiment.text(seeds: 1, examples: 128)
            .replacing("first: A M", with: "first: {layout: A A, train: {lr: 100, clip-norm: none, epochs: 12}}")
        try sandbox.write(text, to: "small.yaml")
        let ending = try sandbox.ablate("run", "small.yaml")
        #expect(ending.status == 1, "\(ending.error)")
        #expect(ending.output.contains("diverged") && ending.output.contains("last"), "\(ending.output)")
        let failures = try sandbox.count(
            "SELECT count(*) FROM v_trials WHERE \"row\" = 'first' AND state = 'diverged' AND message LIKE '%became%'")
        #expect(failures == 1)
        // It is not tried again: it would end the same.
        #expect(try sandbox.ablate("run", "small.yaml", "-q").status == 1)
        #expect(try sandbox.count("SELECT count(*) FROM attempt") == 2)
    }
}
