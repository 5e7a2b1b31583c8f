import Experiments
import Testing
import Training

/// What every data set of the list must do.
@Suite struct DatasetsTests {
    static func sample(_ name: String) throws -> (dataset: any Dataset, folder: TemporaryFolder?) {
        switch name {
        case "idx":
            let folder = try tinyFolder()
            return (try Datasets.load(settings(name, path: folder.path, validation: 2)), folder)
        case "cifar-10", "cifar-100":
            let folder = try cifarFolder(labelBytes: name == "cifar-10" ? 1 : 2)
            return (try Datasets.load(settings(name, path: folder.path, validation: 2)), folder)
        default:
            return (try Datasets.load(settings(name, train: 40, validation: 10, test: 10)), nil)
        }
    }

    @Test(arguments: Datasets.all.map(\.name))
    func examplesArePureAndInRange(name: String) throws {
        let (dataset, folder) = try DatasetsTests.sample(name)
        defer { withExtendedLifetime(folder) {} }
        for split in Split.allCases {
            #expect(dataset.count(split) > 0)
            let last = dataset.count(split) - 1
            let once = example(dataset, last, split)
            _ = example(dataset, 0, split)
            let again = example(dataset, last, split)
            #expect(once.image == again.image && once.labels == again.labels)
            #expect(once.image.allSatisfy { $0.isFinite })
            #expect(once.labels.allSatisfy { $0 >= -1 && $0 < Int32(dataset.task.classes) })
            #expect(once.labels.contains { $0 >= 0 })
            #expect(dataset.picture(last, of: split).labels == once.labels)
        }
        #expect(dataset.black.count == dataset.image.channels)
        #expect(dataset.classNames.isEmpty || dataset.classNames.count == dataset.task.classes)
    }

    @Test(arguments: Datasets.all.map(\.name))
    func splitsShareNoExample(name: String) throws {
        let (dataset, folder) = try DatasetsTests.sample(name)
        defer { withExtendedLifetime(folder) {} }
        let training = Set((0..<dataset.count(.train)).map { dataset.picture($0, of: .train).bytes })
        let held = Set((0..<dataset.count(.validation)).map { dataset.picture($0, of: .validation).bytes })
        #expect(training.isDisjoint(with: held))
        #expect(training.count == dataset.count(.train))
    }

    @Test(arguments: Datasets.all.map(\.name))
    func settingsAreComplete(name: String) throws {
        let (dataset, folder) = try DatasetsTests.sample(name)
        defer { withExtendedLifetime(folder) {} }
        let complete = dataset.settings
        #expect(complete.train == dataset.count(.train) && complete.validation == dataset.count(.validation))
        #expect(complete.test != nil)
        #expect((complete.digest == nil) == ["recall-grid", "mirror-difference"].contains(name))
        #expect(try Datasets.load(complete).settings == complete)
        let facts = try Datasets.look(complete)
        #expect(facts.settings == complete && facts.task == dataset.task && facts.image == dataset.image)
        #expect(Split.allCases.allSatisfy { facts.count($0) == dataset.count($0) })
        #expect(facts.testParts == dataset.testParts && facts.classNames == dataset.classNames)
    }

    @Test func fillWritesOneExampleAfterTheOther() throws {
        let (dataset, _) = try DatasetsTests.sample("recall-grid")
        let batch = Batch(capacity: 3, image: dataset.image, task: dataset.task)
        dataset.fill([7, 2, 5][...], of: .train, images: batch.images, labels: batch.labels)
        for (position, index) in [7, 2, 5].enumerated() {
            let (image, labels) = example(dataset, index, .train)
            let pixels = dataset.image.count
            #expect(Array(batch.images[position * pixels..<(position + 1) * pixels]) == image)
            #expect(Array(batch.labels[position * 64..<(position + 1) * 64]) == labels)
        }
    }

    @Test func unknownNamesAndMissingPathsAreExplained() {
        #expect(performing { try Datasets.load(settings("fashion")) }?.kind == .unknown)
        #expect(performing { try Datasets.load(settings("fashion")) }?.remedy.contains("fashion-mnist") == true)
        #expect(performing { try Datasets.load(settings("idx")) }?.kind == .missing)
    }

    @Test func picturesMakeASheet() throws {
        let (dataset, _) = try DatasetsTests.sample("recall-grid")
        let pictures = DatasetPreview.pictures(dataset, .test, count: 5)
        #expect(pictures[0] == dataset.picture(0, of: .test))
        let sheet = try #require(DatasetPreview.sheet(pictures, columns: 3))
        #expect(sheet.size == ImageSize(height: 129, width: 194, channels: 3))
        #expect(sheet.bytes.count == sheet.size.count)
        #expect(Array(sheet.bytes[..<192]) == Array(pictures[0].bytes[..<192]))
    }
}

/// The `DataError` that `body` throws; nil where it throws none.
func performing<Result>(_ body: () throws -> Result) -> DataError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? DataError
    }
}
