import Experiments
import Testing

import Training

/// Batches that are filled ahead hold what they would hold anyway.
@Suite struct BatchFeedTests {
    /// Everything in a batch.
    private struct Contents: Equatable {
        let images, targets, weights: [Float]
        let labels: [Int32]
        let count, labelled: Int

        init(_ batch: Batch) {
            images = Array(batch.images)
            targets = Array(batch.targets)
            weights = Array(batch.weights)
            labels = Array(batch.labels)
            count = batch.count
            labelled = batch.labelled
        }
    }

    private let folder: TemporaryFolder
    private let loader: BatchLoader

    init() throws {
        folder = try tinyFolder(train: 20, test: 6)
        let dataset = try Datasets.load(settings("idx", path: folder.path))
        var train = TrainSettings()
        train.crop = 1
        train.flip = true
        train.mixup = 0.4
        train.labelSmoothing = 0.1
        let augmentation = try Augmentation(train, task: dataset.task, image: dataset.image, seed: 3)
        loader = BatchLoader(dataset: dataset, augmentation: augmentation)
    }

    private func feed() -> BatchFeed { BatchFeed(loader, seed: 3, capacity: 6, stepsPerEpoch: 3) }

    private func directly(_ step: Int) -> Contents {
        let batch = loader.makeBatch(capacity: 6)
        let (epoch, index) = (step / 3 + 1, step % 3)
        let order = EpochOrder.indices(seed: 3, epoch: epoch, count: 20)
        loader.fillForTraining(batch, order[index * 6..<index * 6 + 6], epoch: epoch)
        return Contents(batch)
    }

    @Test func everyStepHoldsWhatItWouldHoldAnyway() {
        let feed = feed()
        for step in 0..<9 {
            let batch = feed.take(.step(step), next: step < 8 ? .step(step + 1) : nil)
            #expect(Contents(batch) == directly(step), "step \(step)")
        }
    }

    @Test func aWrongGuessIsFilledAgain() {
        let feed = feed()
        _ = feed.take(.step(0), next: .step(1))
        let batch = feed.take(.step(4), next: .step(5))
        #expect(Contents(batch) == directly(4))
        #expect(Contents(feed.take(.step(0), next: nil)) == directly(0))
    }

    @Test func examplesForEvaluationAreAsTheyAre() {
        let feed = feed()
        _ = feed.take(.step(2), next: .examples(.test, 0..<6))
        let batch = feed.take(.examples(.test, 0..<6), next: .examples(.test, 4..<6))
        let expected = loader.makeBatch(capacity: 6)
        loader.fill(expected, Array(0..<6)[...], of: .test)
        #expect(Contents(batch) == Contents(expected))
        #expect(feed.take(.examples(.test, 4..<6), next: nil).count == 2)
        #expect(feed.batch.count == 2)
    }
}
