import Experiments

/// How many examples of files each split takes.
struct SplitCounts: Hashable {
    var train: Int
    var validation: Int
    var test: Int

    /// The counts that the settings ask for, where files hold `trainAvailable` and `testAvailable` examples.
    ///
    /// Training takes the first examples of the training files, or all that validation leaves; validation takes those
    /// that follow; testing takes the first of the test files, or all.
    init(_ settings: DatasetSettings, trainAvailable: Int, testAvailable: Int) throws(DataError) {
        validation = settings.validation
        train = settings.train ?? trainAvailable - validation
        test = settings.test ?? testAvailable
        guard validation >= 0, train > 0, test > 0 else {
            throw DataError(
                .unsuitable, "\(train) training, \(validation) validation and \(test) test examples can't be used",
                remedy: "ask for at least one training and one test example, and lower `validation` below "
                    + "\(trainAvailable) if it leaves nothing to train on")
        }
        let (sum, overflow) = train.addingReportingOverflow(validation)
        guard !overflow, sum <= trainAvailable else {
            throw DataError(
                .notEnough,
                "\(train) training and \(validation) validation examples are more than the \(trainAvailable) that "
                    + "'\(settings.name)' has for both",
                remedy: validation < trainAvailable
                    ? "lower `train` to \(trainAvailable - validation), or lower `validation`" : "lower both")
        }
        guard test <= testAvailable else {
            throw DataError(
                .notEnough, "\(test) test examples are more than the \(testAvailable) that '\(settings.name)' has",
                remedy: "lower `test` to \(testAvailable)")
        }
    }

    /// The settings of files with these counts, complete: what only drawn sets have is left out.
    func complete(_ settings: DatasetSettings, digest: String) -> DatasetSettings {
        var settings = settings
        settings.digest = digest
        settings.train = train
        settings.validation = validation
        settings.test = test
        settings.pairs = nil
        settings.testPairs = nil
        settings.size = nil
        settings.distance = 1
        settings.variant = .task
        return settings
    }

    subscript(_ split: Split) -> Int {
        switch split {
        case .train: train
        case .validation: validation
        case .test: test
        }
    }
}
