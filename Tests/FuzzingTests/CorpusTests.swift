import Foundation
import FuzzTargets
import Testing

/// Every input that a fuzzer found worth keeping, and every one that once broke a reader, is read again.
@Suite struct CorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Corpora")

    private static func inputs(_ target: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: target), includingPropertiesForKeys: nil)
    }

    @Test(arguments: FuzzTarget.all.map(\.name))
    func everyInputIsRead(_ name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        let inputs = try Self.inputs(name)
        #expect(inputs.count >= 5)
        let start = ContinuousClock.now
        for input in inputs {
            target.read(Array(try Data(contentsOf: input)))
        }
        // One input may take a second at most; here all together take a moment, and under a sanitizer twenty times as long.
        let slowness = ProcessInfo.processInfo.environment["ABLATE_SANITIZED"] == nil ? 1 : 20
        #expect(ContinuousClock.now - start < .seconds(inputs.count * slowness))
    }

    @Test func everyFolderHasItsTarget() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
    }
}
