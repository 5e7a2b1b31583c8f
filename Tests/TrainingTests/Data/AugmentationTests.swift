import Experiments
import Testing
import Training

@Suite struct AugmentationTests {
    static func loader(_ change: (inout TrainSettings) -> Void, seed: Int = 1) throws -> (BatchLoader, TemporaryFolder)
    {
        let folder = try tinyFolder()
        let dataset = try Datasets.load(settings("idx", path: folder.path))
        var train = TrainSettings()
        change(&train)
        let augmentation = try Augmentation(train, task: dataset.task, image: dataset.image, seed: seed)
        return (BatchLoader(dataset: dataset, augmentation: augmentation), folder)
    }

    static func images(_ loader: BatchLoader, _ indices: [Int], epoch: Int = 1) -> [[Float]] {
        let batch = loader.makeBatch(capacity: indices.count)
        loader.fillForTraining(batch, indices[...], epoch: epoch)
        let pixels = loader.dataset.image.count
        return indices.indices.map { Array(batch.images[$0 * pixels..<($0 + 1) * pixels]) }
    }

    @Test func withoutAugmentationExamplesStayAsTheyAre() throws {
        let (loader, folder) = try AugmentationTests.loader { _ in }
        defer { withExtendedLifetime(folder) {} }
        #expect(AugmentationTests.images(loader, [3, 5]) == [3, 5].map { example(loader.dataset, $0, .train).image })
    }

    @Test func drawsBelongToTheExampleNotToTheBatch() throws {
        let (loader, folder) = try AugmentationTests.loader {
            $0.crop = 2
            $0.flip = true
        }
        defer { withExtendedLifetime(folder) {} }
        let together = AugmentationTests.images(loader, Array(0..<8))
        let apart = (0..<8).map { AugmentationTests.images(loader, [$0])[0] }
        #expect(together == apart)
        #expect(AugmentationTests.images(loader, Array(0..<8), epoch: 2) != together)
        let (other, otherFolder) = try AugmentationTests.loader(
            {
                $0.crop = 2
                $0.flip = true
            }, seed: 2)
        defer { withExtendedLifetime(otherFolder) {} }
        #expect(AugmentationTests.images(other, Array(0..<8)) != together)
    }

    @Test func movedImagesAreShiftedMirroredAndPaddedWithBlack() throws {
        let (loader, folder) = try AugmentationTests.loader {
            $0.crop = 1
            $0.flip = true
        }
        defer { withExtendedLifetime(folder) {} }
        let black = loader.dataset.black[0]
        var seen: Set<[Int]> = []
        for epoch in 1...40 {
            let moved = AugmentationTests.images(loader, [2], epoch: epoch)[0]
            let plain = example(loader.dataset, 2, .train).image
            let candidates = [-1, 0, 1].flatMap { down in
                [-1, 0, 1].flatMap { right in [0, 1].map { [down, right, $0] } }
            }
            let matches = candidates.filter { move in
                (0..<12).allSatisfy { place in
                    let (y, x) = (place / 3 - move[0], place % 3 - move[1])
                    let inside = (0..<4).contains(y) && (0..<3).contains(x)
                    return moved[place] == (inside ? plain[y * 3 + (move[2] == 1 ? 2 - x : x)] : black)
                }
            }
            #expect(matches.count == 1)
            seen.formUnion(matches)
        }
        #expect(seen.count > 12)
    }

    @Test func mixupMixesImagesAndTargetsAlike() throws {
        let (loader, folder) = try AugmentationTests.loader {
            $0.mixup = 0.8
            $0.labelSmoothing = 0.3
        }
        defer { withExtendedLifetime(folder) {} }
        let batch = loader.makeBatch(capacity: 3)
        loader.fillForTraining(batch, [0, 4, 7][...], epoch: 3)
        let (first, last) = (example(loader.dataset, 0, .train).image, example(loader.dataset, 7, .train).image)
        // Targets before mixing: 0.8 at the label, 0.1 elsewhere; example 0 has label 0, example 7 label 1.
        let share = (batch.targets[0] - 0.1) / 0.7
        #expect(share > 0 && share < 1)
        #expect(abs(batch.targets[1] - (0.1 + 0.7 * (1 - share))) < 1e-5)
        #expect((0..<3).allSatisfy { abs(batch.targets[$0 * 3..<$0 * 3 + 3].reduce(0, +) - 1) < 1e-5 })
        for pixel in 0..<12 {
            #expect(abs(batch.images[pixel] - (share * first[pixel] + (1 - share) * last[pixel])) < 1e-5)
        }
        #expect(Array(batch.images[12..<24]) == example(loader.dataset, 4, .train).image)
    }

    @Test func mixupSharesHaveTheRightSpread() throws {
        let (loader, folder) = try AugmentationTests.loader { $0.mixup = 0.4 }
        defer { withExtendedLifetime(folder) {} }
        let batch = loader.makeBatch(capacity: 2)
        let shares = (1...600).map { epoch -> Double in
            loader.fillForTraining(batch, [0, 1][...], epoch: epoch)
            return Double(batch.targets[0])
        }
        let mean = shares.reduce(0, +) / 600
        let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 600
        // Beta(α, α) has the mean 1/2 and the variance 1/(4(2α + 1)).
        #expect(abs(mean - 0.5) < 0.05)
        #expect(abs(variance - 1 / (4 * 1.8)) < 0.02)
    }

    @Test func denseTasksKeepTheirPlaces() throws {
        let dataset = try Datasets.load(settings("recall-grid", train: 4))
        for change in [{ $0.crop = 4 }, { $0.flip = true }, { $0.mixup = 1 }] as [(inout TrainSettings) -> Void] {
            var train = TrainSettings()
            change(&train)
            let error = performing {
                try Augmentation(train, task: dataset.task, image: dataset.image, seed: 0)
            }
            #expect(error?.kind == .unsuitable)
        }
        let plain = try Augmentation(TrainSettings(), task: dataset.task, image: dataset.image, seed: 0)
        let loader = BatchLoader(dataset: dataset, augmentation: plain)
        let batch = loader.makeBatch(capacity: 2)
        loader.fill(batch, [1, 2][...], of: .train)
        #expect(batch.labelled == batch.labels.count { $0 >= 0 })
        #expect(batch.targets.reduce(0, +) == Float(batch.labelled))
    }

    @Test func ordersAreShufflesThatSeedsAndEpochsTell() {
        let order = EpochOrder.indices(seed: 3, epoch: 1, count: 100)
        #expect(order.sorted() == Array(0..<100) && order != Array(0..<100))
        #expect(order == EpochOrder.indices(seed: 3, epoch: 1, count: 100))
        #expect(order != EpochOrder.indices(seed: 3, epoch: 2, count: 100))
        #expect(order != EpochOrder.indices(seed: 4, epoch: 1, count: 100))
        #expect(EpochOrder.indices(seed: 0, epoch: 1, count: 0).isEmpty)
    }
}
