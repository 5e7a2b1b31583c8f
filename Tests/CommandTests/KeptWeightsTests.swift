import Networks
import Testing

/// `ablate run --weights` keeps what was trained, so that it can be carried elsewhere.
@Suite struct KeptWeightsTests {
    @Test func eachTrialLeavesAFileThatFitsItsRow() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(seeds: 1), to: "small.yaml")
        let ending = try sandbox.ablate("run", "small.yaml", "-q", "--weights", "kept/here")
        #expect(ending.status == 0, "\(ending.error)")
        let kept = sandbox.contents.filter { $0.hasSuffix(".safetensors") }
        #expect(kept.count == 2 && kept[0].hasPrefix("kept/here/first-seed0-"), "\(kept)")
        for (path, row, other) in zip3(kept, ["first", "last"], ["last", "first"]) {
            let fits = try sandbox.ablate("import", path, "--layout", "small.yaml", "--row", row)
            #expect(fits.status == 0, "\(fits.error)")
            #expect(try sandbox.ablate("import", path, "--layout", "small.yaml", "--row", other).status == 2)
            let file = try WeightsFile(path: sandbox.folder.appending(path: path).path)
            #expect(file.metadata["layout"] == (row == "last" ? "M A" : "A M") && file.metadata["epoch"] == "2")
            let count = try sandbox.count(
                "SELECT count(*) FROM trial WHERE identity = '\(file.metadata["trial"] ?? "")'")
            #expect(count == 1)
        }
        let initial = try sandbox.ablate("export", "--layout", "small.yaml", "--row", "last", "-o", "first.safetensors")
        #expect(initial.status == 0, "\(initial.error)")
        #expect(try sandbox.read("first.safetensors") != sandbox.read(kept[1]), "training has changed them")
    }

    @Test func aFolderThatCannotBeIsRefusedBeforeTheTraining() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(seeds: 1), to: "small.yaml")
        let ending = try sandbox.ablate("run", "small.yaml", "-q", "--weights", "small.yaml/kept")
        #expect(ending.status == 2 && ending.error.contains("small.yaml/kept"), "\(ending.error)")
        #expect(try sandbox.count("SELECT count(*) FROM attempt") == 0)
    }

    private func zip3(_ first: [String], _ second: [String], _ third: [String]) -> [(String, String, String)] {
        zip(first, zip(second, third)).map { ($0, $1.0, $1.1) }
    }
}
