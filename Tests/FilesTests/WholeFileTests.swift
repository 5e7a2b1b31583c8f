import Files
import Foundation
import Testing

/// Files that are whole or not there, and the folders in which they lie.
@Suite struct WholeFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-\(UUID().uuidString)")
        .path

    private func contents(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func write(_ bytes: [UInt8], to path: String, keeping previous: String? = nil) throws {
        try WholeFile.write(path, keeping: previous) { output throws(SystemError) in try output.write(bytes) }
    }

    @Test func aFileTakesAnothersPlaceWithItsPermissions() throws {
        try Folder.make(folder + "/a/b")
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        let path = folder + "/a/b/file"
        let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try write(large, to: path)
        #expect(try contents(path) == large)
        #expect(chmod(path, 0o600) == 0)
        try write([7], to: path, keeping: path + ".old")
        #expect(try contents(path) == [7] && contents(path + ".old") == large)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/a/b").sorted() == ["file", "file.old"])
        try Folder.make(folder + "/a/b")
    }

    @Test func whatFailsLeavesWhatWasThere() throws {
        try Folder.make(folder)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        let path = folder + "/file"
        try write([1, 2, 3], to: path)
        let broken = SystemError("write", path, code: ENOSPC)
        #expect(broken.description == "the system refused to write \(path): No space left on device")
        #expect(throws: broken) {
            try WholeFile.write(path) { output throws(SystemError) in
                try output.write([9])
                throw broken
            }
        }
        #expect(try contents(path) == [1, 2, 3])
        // A folder is in the place.
        try Folder.make(folder + "/place")
        #expect(throws: SystemError.self) { try write([1], to: folder + "/place") }
        // So is one in the place of the file before.
        #expect(throws: SystemError.self) { try write([9], to: path, keeping: folder + "/place") }
        #expect(try contents(path) == [1, 2, 3])
        #expect(throws: SystemError("create", folder + "/none/file.\(getpid()).new", code: ENOENT)) {
            try write([1], to: folder + "/none/file")
        }
        #expect(throws: SystemError("make", path + "/below", code: ENOTDIR)) { try Folder.make(path + "/below") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["file", "place"])
    }

    @Test func aFolderThatIsTakenAwayMeanwhileIsMadeAgain() throws {
        try Folder.make(folder)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        let path = folder + "/file"
        var calls = 0
        try WholeFile.write(path, keeping: path + ".old", makesFolder: true) { output throws(SystemError) in
            calls += 1
            if calls == 1 {
                unlink(WholeFile.beginning(path))
                rmdir(folder)
            }
            try output.write([5])
        }
        #expect(try calls == 2 && contents(path) == [5])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }

    @Test func aDeviceIsWrittenToAndStays() throws {
        #expect(WholeFile.isDevice("/dev/null") && !WholeFile.isDevice("/tmp") && !WholeFile.isDevice("/nowhere"))
        try WholeFile.writeDevice("/dev/null") { output throws(SystemError) in try output.write([1]) }
        #expect(throws: SystemError("write", "/dev/full", code: ENOSPC)) {
            try WholeFile.writeDevice("/dev/full") { output throws(SystemError) in try output.write([1]) }
        }
    }
}
