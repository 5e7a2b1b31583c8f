import Experiments
import Foundation
import Testing

import Results

/// A repetition is compared number by number, and nothing of the trial is touched.
@Suite struct VerificationTests {
    private let trial = "C | C | A4 M4 | A2 M2/0"

    private func repetition(_ change: (inout Repetition) -> Void = { _ in }) -> Repetition {
        guard case .finished(let outcome) = Samples.outcome(0.9061) else { preconditionFailure("no outcome") }
        var repetition = Repetition(
            provenance: Samples.provenance(), epochs: [Samples.epoch(1, accuracy: 0.9061 - 0.1)], outcome: outcome)
        change(&repetition)
        return repetition
    }

    @Test func equalBitsAreEqual() throws {
        let store = try SummarySamples.store()
        let before = try store.reader.query("SELECT * FROM result, attempt, metric LIMIT 1000")
        let result = try store.verify(trial: trial, with: repetition())
        #expect(result.isEqual && result.compared == 8)
        #expect(try store.reader.query("SELECT * FROM result, attempt, metric LIMIT 1000") == before)
        let stored = try store.reader.query("SELECT trial, is_equal, first_difference, wall_seconds FROM verification")
        #expect(stored.rows == [[.text(trial), .integer(1), .null, .real(12)]])
        try Samples.remove(store.path)
    }

    static let changes: [(name: String, change: @Sendable (inout Repetition) -> Void)] = [
        ("train loss of epoch 1: stored", { $0.epochs[0].metrics[0].value = 0.5 }),
        ("validation accuracy of epoch 1", { $0.epochs[0].metrics[1].value.negate() }),
        ("gradient norm of epoch 1: stored 1.0, now 1.0000000000000002", { $0.epochs[0].gradientNorm = 1.0.nextUp }),
        ("learning rate of epoch 1", { $0.epochs[0].learningRate = .nan }),
        ("learning rate of epoch 2: stored nothing", { $0.epochs.append(Samples.epoch(2, accuracy: 1)) }),
        ("validation accuracy of epoch 1: stored 0.8061, now nothing", { $0.epochs[0].metrics.removeLast() }),
        ("test accuracy of the result", { $0.outcome.metrics[0].value = 1 }),
        (
            "test accuracy pairs=4 of the result: stored nothing",
            { $0.outcome.metrics.append(Metric(.test, "accuracy", part: "pairs=4", 1)) }
        ),
        ("selected epoch: stored 2.0, now 1.0", { $0.outcome.epoch = 1 }),
        ("digest of the weights: stored abc, now abd", { $0.outcome.weightsDigest = "abd" }),
    ]

    @Test(arguments: changes.indices)
    func theFirstDifferenceIsNamed(_ index: Int) throws {
        let (name, change) = VerificationTests.changes[index]
        let store = try SummarySamples.store()
        let result = try store.verify(trial: trial, with: repetition(change))
        #expect(result.firstDifference?.hasPrefix(name) == true, "\(result.firstDifference ?? "equal")")
        #expect(try store.reader.examine().contains { $0.level == .problem && $0.subject == "verification" })
        try Samples.remove(store.path)
    }

    @Test func aTrialWithoutResultCannotBeVerified() throws {
        let store = try SummarySamples.store()
        #expect(throws: StoreError.self) { try store.verify(trial: "C | C | M8 | M4/3", with: repetition()) }
        try Samples.remove(store.path)
    }
}
