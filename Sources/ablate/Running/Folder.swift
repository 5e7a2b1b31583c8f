import Foundation

/// A folder that a run writes to.
enum Folder {
    /// Makes the folder if it is not there, so that it survives a power cut.
    ///
    /// - Parameter remedy: what to do where it cannot be made.
    static func make(_ path: String, remedy: String) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue { return }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Refusal("the folder \(path) cannot be made: \(error.localizedDescription)", remedy: remedy)
        }
        synchronise(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    /// Makes the folder's entries durable. Some file systems can't; what is in them is whole either way.
    private static func synchronise(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
