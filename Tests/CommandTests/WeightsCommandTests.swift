import Autograd
import Experiments
import Foundation
import Images
import Networks
import Testing

/// Weights, pictures and features on the command line are those of the network itself.
@Suite struct WeightsCommandTests {
    /// A small network of every kind of block, as options.
    private static let layout = ["--layout", "C | M A", "--width", "8", "--input", "32x40", "--classes", "7"]

    private static let normalization = ["--normalization", "imagenet"]

    /// A picture among the files of the images' tests.
    static func picture(_ name: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "ImagesTests/Files/\(name)")
    }

    private func ablate(_ sandbox: Sandbox, _ arguments: [String]) throws -> Sandbox.Ending {
        try sandbox.start(arguments).end()
    }

    /// A sandbox with weights and two pictures.
    private func prepared() throws -> Sandbox {
        let sandbox = try Sandbox()
        let export = try ablate(sandbox, ["export", "--seed", "5", "-o", "w.safetensors"] + Self.layout)
        #expect(export.status == 0 && export.output.isEmpty && export.error.isEmpty, "\(export.error)")
        for name in ["colour.png", "baseline.jpg"] {
            try FileManager.default.copyItem(
                at: Self.picture(name), to: sandbox.folder.appending(path: name))
        }
        return sandbox
    }

    /// The same network in this process.
    private func backbone() throws -> Backbone {
        var settings = BackboneSettings()
        settings.width = 8
        let layout = try LayoutParser(vocabulary: Mixers.vocabulary).layout("C | M A")
        let backbone = try Backbone(
            NetworkPlan(
                layout, settings, input: ImageShape(height: 32, width: 40, channels: 3),
                task: .classification(classes: 7)))
        backbone.store.materialize(seed: 5)
        return backbone
    }

    private func input(_ name: String, on tape: Tape) throws -> Tensor {
        let path = Self.picture(name).path
        let image = try ImagePreparation(height: 32, width: 40)(ImageFile.read(path: path), path: path)
        let tensor = tape.input([1, 32, 40, 3])
        tensor.pointer.update(from: image, count: image.count)
        return tensor
    }

    private var tape: Tape { Tape(mode: .inference, parallel: Parallel(threads: 1), pool: BufferPool()) }

    @Test func exportedWeightsAreTheFirstValuesOfTheSeed() throws {
        let sandbox = try prepared()
        let file = try WeightsFile(path: sandbox.folder.appending(path: "w.safetensors").path)
        let backbone = try backbone()
        #expect(Weights.differences(file, from: backbone.store).isEmpty)
        for parameter in backbone.store.parameters {
            #expect(
                try file.floats(#require(file.array(parameter.name))) == parameter.tensor.values, "\(parameter.name)")
        }
    }

    @Test func classesAreThoseOfTheNetworksForwardPass() throws {
        let sandbox = try prepared()
        let arguments =
            ["classify", "--weights", "w.safetensors", "--top", "7", "--format", "json"] + Self.normalization
        let images = ["colour.png", "baseline.jpg"]
        let ending = try ablate(sandbox, arguments + Self.layout + images)
        #expect(ending.status == 0 && ending.error.isEmpty, "\(ending.error)")
        let rows = try JSONDecoder().decode(Answers.self, from: Data(ending.output.utf8)).rows
        #expect(rows.count == 14)
        for name in images {
            let logits = try backbone()(input(name, on: tape)).values
            let ranked = logits.indices.sorted { logits[$0] > logits[$1] }
            let answers = rows.filter { $0.image == name }
            #expect(answers.map(\.class) == ranked)
            #expect(answers.map { Float($0.logit) } == ranked.map { logits[$0] }, "the same bits, whatever the threads")
            let sum = logits.reduce(0) { $0 + exp(Double($1)) }
            for answer in answers {
                #expect(abs(answer.probability - exp(answer.logit) / sum) < 1e-9)
            }
        }
    }

    @Test func theTableNamesTheClasses() throws {
        let sandbox = try prepared()
        try sandbox.write("ant\nbee\ncat\ndog\nelk\nfox\ngnu\n", to: "names.txt")
        let arguments =
            ["classify", "--weights", "w.safetensors", "--labels", "names.txt", "colour.png"]
            + Self.layout + Self.normalization
        let ending = try ablate(sandbox, arguments)
        #expect(ending.status == 0 && ending.lines.count == 7, "\(ending.error)\(ending.output)")
        #expect(ending.lines[0].contains("label") && ending.lines[0].contains("probability"))
        try sandbox.write("ant\nbee\n", to: "names.txt")
        let short = try ablate(sandbox, arguments)
        #expect(short.status == 2 && short.error.contains("2 lines") && short.output.isEmpty, "\(short.error)")
    }

    @Test func featuresAreTheLevelsMaps() throws {
        let sandbox = try prepared()
        let arguments =
            ["features", "--weights", "w.safetensors", "colour.png", "baseline.jpg"] + Self.layout
            + Self.normalization
        #expect(try ablate(sandbox, arguments + ["-o", "f.safetensors"]).status == 0)
        let file = try WeightsFile(path: sandbox.folder.appending(path: "f.safetensors").path)
        #expect(file.arrays.map(\.name) == ["levels.0", "levels.1", "pooled"])
        #expect(file.array("levels.0")?.shape == [2, 8, 8, 10] && file.array("levels.1")?.shape == [2, 16, 4, 5])
        var map: [Float] = []
        _ = try backbone()(input("baseline.jpg", on: tape)) { name, tensor in
            if name == "levels.1.map" { map = tensor.values }
        }
        let written = try file.floats(#require(file.array("levels.1")))
        for pixel in 0..<20 {
            for channel in 0..<16 {
                #expect(written[(16 + channel) * 20 + pixel] == map[pixel * 16 + channel])
            }
        }
        #expect(try ablate(sandbox, arguments + ["-o", "f", "--format", "npy"]).status == 0)
        let numpy = try Data(contentsOf: sandbox.folder.appending(path: "f/levels.1.npy"))
        #expect(numpy.count == 128 + 2 * 16 * 20 * 4 && numpy.starts(with: [0x93] + Array("NUMPY".utf8)))
        #expect(String(decoding: numpy.prefix(128), as: UTF8.self).contains("'shape': (2, 16, 4, 5,), }"))
        #expect(numpy.dropFirst(128).elementsEqual(written.withUnsafeBytes(Array.init)))
    }

    @Test func importChecksAndConverts() throws {
        let sandbox = try prepared()
        let fits = try ablate(sandbox, ["import", "w.safetensors", "-o", "copy.safetensors"] + Self.layout)
        #expect(fits.status == 0 && fits.output.contains("fits"), "\(fits.error)")
        let bytes = try ["w", "copy"].map { try Data(contentsOf: sandbox.folder.appending(path: "\($0).safetensors")) }
        #expect(bytes[0] == bytes[1])
        let other = Self.layout.map { $0 == "C | M A" ? "C | M M" : $0 }
        let wrong = try ablate(sandbox, ["import", "w.safetensors", "-o", "wrong.safetensors"] + other)
        #expect(wrong.status == 2 && wrong.output.isEmpty)
        #expect(wrong.error.contains("levels.1.blocks.1.mixer.A_log") && wrong.error.contains("mixer.qkv.weight"))
        #expect(!sandbox.contents.contains("wrong.safetensors"))
    }

    @Test(arguments: [
        (["classify", "--weights", "w.safetensors", "--layout", "mambavision-x", "colour.png"], "did you mean"),
        (["classify", "--weights", "w.safetensors", "--layout", "C | M A", "colour.png"], "instead of [8, 1, 3, 3]"),
        (["classify", "--weights", "absent", "--layout", "mambavision-t", "colour.png"], "can't be opened"),
        (["classify", "--weights", "colour.png", "--layout", "mambavision-t", "colour.png"], "header"),
        (["classify", "--weights", "w.safetensors", "--layout", "mambavision-t", "colour.png"], "missing"),
        (["export", "--layout", "mambavision-t", "-o", "nowhere/w.safetensors"], "can't be written"),
        (["classify", "--weights", "w.safetensors", "colour.png"], "does not say of which network it is"),
        (
            ["classify", "--weights", "w.safetensors", "colour.png"] + Self.layout,
            "do not say how the pictures of their training were normalised"
        ),
        (
            ["classify", "--weights", "w.safetensors", "colour.png", "--normalization", "0.5,0.5/1,1"] + Self.layout,
            "the normalisation is of others"
        ),
    ])
    func mistakesAreToldInOneParagraph(_ arguments: [String], _ reason: String) throws {
        let sandbox = try prepared()
        let ending = try ablate(sandbox, arguments)
        #expect(ending.status == 2 && ending.output.isEmpty)
        #expect(
            ending.error.hasPrefix("ablate: error: ") && ending.error.lowercased().contains(reason), "\(ending.error)")
        #expect(ending.error.split(separator: "\n").count == 1)
    }

    @Test(arguments: [
        (["import", "w.safetensors", "--width", "8"], "--width goes with --layout"),
        (["export", "-o", "x.safetensors"], "Give a trial, for its trained weights, or --layout"),
        (
            ["export", "small/last/0", "--layout", "M", "-o", "x.safetensors"],
            "Give a trial, for its trained weights, or"
        ),
        (["export", "small/last/0", "--seed", "1", "-o", "x.safetensors"], "--seed goes with --layout"),
        (["export", "--layout", "M", "--threads", "2", "-o", "x.safetensors"], "--threads goes with a trial"),
        (["classify", "--weights", "w.safetensors", "a.png", "--normalization", "1/0"], "--normalization"),
    ])
    func optionsThatDoNotGoTogetherAreRefused(_ arguments: [String], _ reason: String) throws {
        let ending = try ablate(try Sandbox(), arguments)
        #expect(ending.status == 2 && ending.output.isEmpty && ending.error.contains(reason), "\(ending.error)")
    }

    @Test func aFileThatIsNoPictureIsToldWithItsName() throws {
        let sandbox = try prepared()
        try sandbox.write("not a picture", to: "text.png")
        let ending = try ablate(
            sandbox, ["classify", "--weights", "w.safetensors", "text.png"] + Self.layout + Self.normalization)
        #expect(ending.status == 2 && ending.output.isEmpty)
        #expect(
            ending.error.contains("text.png is neither a PNG nor a JPEG file. Convert it to PNG."), "\(ending.error)")
    }

    @Test func publishedNetworksAreDescribedByName() throws {
        let sandbox = try Sandbox()
        let ending = try ablate(sandbox, ["describe", "mambavision-t"])
        #expect(ending.status == 0 && ending.output.contains("31,794,248 parameters."), "\(ending.error)")
        #expect(ending.lines.contains { $0.contains("7 attention") })
        let pattern = try ablate(sandbox, ["describe", "mambavision-t", "--notation", "paper"])
        #expect(pattern.output.contains("MMMMSSSS"), "\(pattern.output)")
        #expect(try ablate(sandbox, ["describe", "mambavision-t", "--width", "16"]).status == 2)
    }

    private struct Answers: Decodable {
        struct Row: Decodable {
            let image: String
            let rank: Int
            let `class`: Int
            let probability: Double
            let logit: Double
        }

        let rows: [Row]
    }
}
