import Foundation
import Images
import Networks
import Testing

/// A trained network sees pictures as its training did, whoever brings them.
@Suite struct PictureNormalizationTests {
    private static let side = 16
    private static let count = 30

    /// Pictures of three brightnesses with their labels, as the test files have them; colours that ImageNet has not.
    private static let pictures: [[UInt8]] = (0..<count).map { index in
        (0..<side * side * 3).map { place -> UInt8 in
            let noise = (index * 31 + place * 17) % 40
            return UInt8(20 + 60 * (index % 3) + noise + 10 * (place % 3))
        }
    }

    private func idx(_ sizes: [Int], _ bytes: [UInt8]) -> [UInt8] {
        [0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { [0, 0, UInt8($0 >> 8), UInt8($0 & 255)] } + bytes
    }

    /// A sandbox with a trained network, grey or in colour, its weights as `kept/….safetensors` and the test pictures as
    /// PNG.
    private func trained(channels: Int = 3, selection: String = "last") throws -> (sandbox: Sandbox, weights: String) {
        let sandbox = try Sandbox()
        let labels = (0..<Self.count).map { UInt8($0 % 3) }
        // Grey pictures take the first channel.
        let pictures = Self.pictures.map { bytes in
            bytes.enumerated().filter { $0.offset % 3 < channels }.map(\.element)
        }
        let sizes = [Self.count, Self.side, Self.side] + (channels == 1 ? [] : [channels])
        for name in ["train", "t10k"] {
            try sandbox.write(idx(sizes, pictures.flatMap { $0 }), to: "\(name)-images-idx3-ubyte")
            try sandbox.write(idx([Self.count], labels), to: "\(name)-labels-idx1-ubyte")
        }
        try sandbox.write(
            """
            name: bright
            question: Which brightness?
            dataset: {name: idx, path: ., validation: \(selection == "last" ? 0 : 10)}
            backbone: {width: 16, stem: {channels: 8, strides: [2, 2]}, head-width: 8}
            layouts: {last: M A}
            train: {epochs: \(selection == "last" ? 4 : 8), batch: 10, lr: \(selection == "last" ? "4e-3" : "3e-2"), selection: \(selection)}
            seeds: 1

            """, to: "bright.yaml")
        let ending = try sandbox.ablate("run", "bright.yaml", "-q", "--weights", "kept")
        #expect(ending.status == 0, "\(ending.error)")
        for (index, bytes) in pictures.enumerated() {
            let png = try PNGFile.encode(
                height: Self.side, width: Self.side, channels: channels, pixels: bytes, path: "picture")
            try sandbox.write(png, to: String(format: "%02d.png", index))
        }
        return (sandbox, try #require(sandbox.contents.first { $0.hasSuffix(".safetensors") }))
    }

    private struct Answers: Decodable {
        struct Row: Decodable {
            let `class`: Int
            let logit: Double
        }

        let rows: [Row]
    }

    /// Accuracy and mean cross-entropy of what `classify` answers for the test pictures.
    private func measured(_ sandbox: Sandbox, _ options: String) throws -> (accuracy: Double, loss: Double) {
        let ending = try sandbox.shell("\"$ABLATE\" classify \(options) --format json [0-9]*.png")
        try #require(ending.status == 0, "\(ending.error)")
        let rows = try JSONDecoder().decode(Answers.self, from: Data(ending.output.utf8)).rows
        try #require(rows.count == 3 * Self.count)
        var (correct, loss) = (0.0, 0.0)
        for picture in 0..<Self.count {
            let answers = rows[picture * 3..<picture * 3 + 3]
            correct += answers.first?.class == picture % 3 ? 1 : 0
            let sum = answers.reduce(0) { $0 + exp($1.logit) }
            loss += log(sum) - (answers.first { $0.class == picture % 3 }?.logit ?? .nan)
        }
        return (correct / Double(Self.count), loss / Double(Self.count))
    }

    private func stored(_ sandbox: Sandbox, _ metric: String) throws -> Double? {
        let query = "SELECT value FROM result WHERE split = 'test' AND name = '\(metric)'"
        return try sandbox.ablate("sql", query, "--format", "csv").lines.last.flatMap { Double($0) }
    }

    @Test(arguments: [3, 1])
    func picturesGetTheAnswersOfTheTestSplit(_ channels: Int) throws {
        let (sandbox, weights) = try trained(channels: channels)
        let (accuracy, loss) = (try stored(sandbox, "accuracy"), try stored(sandbox, "loss") ?? .nan)
        // The file says everything: network, sizes, normalisation.
        let own = try measured(sandbox, "--weights \(weights)")
        #expect(own.accuracy == accuracy && abs(own.loss - loss) < 1e-9, "\(own) instead of \(loss)")
        // A file that says nothing needs the experiment's.
        try strip(sandbox, weights)
        let other = try measured(sandbox, "--weights bare.safetensors --layout bright.yaml")
        #expect(other == own)
        // Another normalisation is another answer.
        let wrong = try measured(sandbox, "--weights \(weights) --normalization 0.9/2")
        #expect(abs(wrong.loss - own.loss) > 1e-3)
        #expect(try sandbox.ablate("features", "--weights", weights, "00.png", "-o", "f.safetensors").status == 0)
    }

    /// The same weights without a word about them.
    private func strip(_ sandbox: Sandbox, _ weights: String) throws {
        let file = try WeightsFile(path: sandbox.folder.appending(path: weights).path)
        var writer = SafetensorsWriter()
        for array in file.arrays where !array.name.hasSuffix("num_batches_tracked") {
            let values = try file.floats(array)
            values.withUnsafeBufferPointer { writer.add(array.name, shape: array.shape, $0) }
        }
        try writer.write(path: sandbox.folder.appending(path: "bare.safetensors").path)
    }

    @Test func theBestEpochsWeightsAreKeptWhereItIsTheResult() throws {
        let (sandbox, weights) = try trained(selection: "best-validation")
        let epoch = try #require(try sandbox.count("SELECT selected_epoch FROM attempt"))
        #expect(epoch < 8, "the case is of no use where the last epoch is the best")
        #expect(try WeightsFile(path: sandbox.folder.appending(path: weights).path).metadata["epoch"] == "\(epoch)")
        let measured = try measured(sandbox, "--weights \(weights)")
        #expect(abs(measured.loss - (try stored(sandbox, "loss") ?? .nan)) < 1e-9)
        let export = try sandbox.ablate("export", "bright/last/0", "-o", "again.safetensors", "-q")
        #expect(export.status == 0, "\(export.error)")
        let files = try [weights, "again.safetensors"].map { try Data(contentsOf: sandbox.folder.appending(path: $0)) }
        #expect(files[0] == files[1])
    }

    @Test func theNumbersStandInTheFileAndInWhatCommandsPrint() throws {
        let (sandbox, weights) = try trained()
        let metadata = try WeightsFile(path: sandbox.folder.appending(path: weights).path).metadata
        let bytes = Self.pictures.joined().map { Double($0) / 255 }
        let mean = bytes.reduce(0, +) / Double(bytes.count)
        let deviation = (bytes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(bytes.count)).squareRoot()
        for (key, value) in [("pixel_mean", mean), ("pixel_std", deviation)] {
            let numbers = try JSONDecoder().decode([Double].self, from: Data(metadata[key, default: ""].utf8))
            #expect(numbers.count == 3 && numbers.allSatisfy { abs($0 - value) < 1e-9 }, "\(key): \(numbers), \(value)")
            let digits = "\(numbers[0]), \(numbers[0]), \(numbers[0])"
            #expect(try sandbox.ablate("data", "info", "idx", "--path", ".").output.contains(digits))
            let shown = try sandbox.ablate("show", "bright/last/0", "--format", "csv")
            #expect(shown.output.contains(digits), "\(shown.output)\(shown.error)")
        }
        #expect(metadata["input"] == "16x16x3" && metadata["classes"] == "3" && metadata["dataset"] == "idx")
        #expect(metadata["metrics"]?.contains("\"test accuracy\"") == true)
        // Moved files do not hide the trial.
        #expect(try sandbox.shell("rm *ubyte").status == 0)
        let shown = try sandbox.ablate("show", "bright/last/0")
        #expect(shown.status == 0 && shown.output.contains("not known here"), "\(shown.output)")
    }

    @Test func convertedWeightsKeepWhatTheySay() throws {
        let (sandbox, weights) = try trained()
        #expect(try sandbox.ablate("import", weights, "-o", "copy.safetensors").status == 0)
        let files = try [weights, "copy.safetensors"].map { try Data(contentsOf: sandbox.folder.appending(path: $0)) }
        #expect(files[0] == files[1])
    }
}
