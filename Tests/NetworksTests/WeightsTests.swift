import Autograd
import Foundation
import Networks
import Testing

/// Weights in and out of a network: nothing is lost, and nothing that does not fit is taken.
@Suite struct WeightsTests {
    @Test func whatIsWrittenIsReadBackBitForBit() throws {
        let source = try SmallNetwork.backbone(seed: 1)
        for state in source.store.states {
            for index in 0..<state.shape.count { state.pointer[index] = Float(index) * 0.25 + 1 }
        }
        let path = NSTemporaryDirectory() + "ablate-\(UUID().uuidString).safetensors"
        defer { unlink(path) }
        try Weights.writer(source.store, metadata: ["format": "pt", "odd \"key\"": "line\nbreak \\ é"]).write(
            path: path)
        let file = try WeightsFile(path: path)
        #expect(file.metadata == ["format": "pt", "odd \"key\"": "line\nbreak \\ é"])
        let target = try SmallNetwork.backbone(seed: 2)
        #expect(target.store.parameters.contains { $0.tensor.values != values(of: $0.name, in: source.store) })
        try Weights.load(file, into: target.store)
        for (copy, original) in zip(target.store.parameters, source.store.parameters) {
            #expect(copy.tensor.values == original.tensor.values, "\(copy.name)")
        }
        for (copy, original) in zip(target.store.states, source.store.states) {
            #expect(copy.values == original.values, "\(copy.name)")
        }
        #expect(
            Weights.writer(target.store, metadata: file.metadata).contents()
                == Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    }

    @Test func theNamesAreTheOfficialOnes() throws {
        let file = try written(SmallNetwork.backbone().store)
        for name in [
            "patch_embed.conv_down.0.weight", "patch_embed.conv_down.1.num_batches_tracked",
            "levels.0.blocks.0.norm1.running_var", "levels.0.downsample.reduction.0.weight",
            "levels.1.blocks.0.mixer.A_log", "levels.1.blocks.0.gamma_1", "levels.1.blocks.1.mixer.qkv.bias",
            "norm.running_mean", "head.weight",
        ] {
            #expect(file.array(name) != nil, "\(name)")
        }
        #expect(file.array("head.weight")?.shape == [4, 16])
        #expect(file.array("levels.1.blocks.0.mixer.conv1d_x.weight")?.shape == [8, 1, 3])
    }

    @Test func oneErrorListsWhatIsMissingExtraAndMisshapen() throws {
        let network = try SmallNetwork.backbone()
        let file = try written(network.store) { name, shape in
            switch name {
            case "head.bias": nil
            case "head.weight": (name, [16, 4])
            case "levels.1.blocks.0.norm1.weight": ("levels.1.blocks.0.norm3.weight", shape)
            default: (name, shape)
            }
        }
        let before = network.store.parameters.map { $0.tensor.values }
        let error = try #require(throws: WeightsError.self) { try Weights.load(file, into: network.store) }
        for part in [
            "2 missing (levels.1.blocks.0.norm1.weight, head.bias)",
            "1 of another shape (head.weight [16, 4] instead of [4, 16])",
            "1 not part of it (\"levels.1.blocks.0.norm3.weight\")",
        ] {
            #expect(error.message.contains(part), "\(error)")
        }
        #expect(
            network.store.parameters.map { $0.tensor.values } == before,
            "nothing is taken from a file that does not fit")
    }

    @Test func prefixesOfWrappersAreTakenOff() throws {
        let network = try SmallNetwork.backbone()
        let file = try written(network.store) { ("module." + $0, $1) }
        #expect(Weights.differences(file, from: network.store).isEmpty)
        let twice = try written(network.store) { ($0 == "head.bias" ? "module.head.bias" : $0, $1) }
        #expect(Weights.differences(twice, from: network.store).isEmpty)
    }

    @Test func filesThatAreNoneAreRefusedWithAReason() throws {
        let cases: [([UInt8], String)] = [
            ([], "too short"), ([1, 2, 3], "too short"),
            (Array(repeating: 0xFF, count: 64), "says its header is"),
            (header("[]"), "what safetensors prescribes"),
            (header(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#), "outside its data"),
            (
                header(#"{"a":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,4]}}"#, data: 4),
                "bytes for a shape"
            ),
            (header(#"{"a":{"dtype":"F8","shape":[1],"data_offsets":[0,4]}}"#, data: 4), "not read here"),
            (header(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, data: 8), "gap"),
            (header(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, data: 8), "accounts for"),
            (
                header(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}"#, data: 4),
                "too large"
            ),
            (header(String(repeating: "[", count: 100_000)), "what safetensors prescribes"),
        ]
        for (bytes, reason) in cases {
            let error = #expect(throws: WeightsError.self) { try WeightsFile(bytes, path: "f") }
            #expect(error?.message.contains(reason) == true, "\(error?.description ?? "") instead of \(reason)")
        }
        #expect(throws: WeightsError.self) { try WeightsFile(path: "/dev/null") }
        #expect(throws: WeightsError.self) { try WeightsFile(path: NSTemporaryDirectory()) }
        #expect(throws: WeightsError.self) { try WeightsFile(path: "/nowhere/at all") }
    }

    private func header(_ json: String, data: Int = 0) -> [UInt8] {
        withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian, Array.init) + Array(json.utf8)
            + [UInt8](repeating: 0, count: data)
    }

    private func values(of name: String, in store: ParameterStore) -> [Float]? {
        store.parameters.first { $0.name == name }?.tensor.values
    }

    /// The network's arrays in a file in memory, renamed, reshaped or left out by `change`.
    private func written(
        _ store: ParameterStore, _ change: (String, [Int]) -> (String, [Int])? = { ($0, $1) }
    ) throws -> WeightsFile {
        let plain = try WeightsFile(Weights.writer(store).contents(), path: "weights.safetensors")
        var writer = SafetensorsWriter()
        for array in plain.arrays {
            guard let (name, shape) = change(array.name, array.shape) else { continue }
            try plain.floats(array).withUnsafeBufferPointer { writer.add(name, shape: shape, $0) }
        }
        return try WeightsFile(writer.contents(), path: "weights.safetensors")
    }
}
