import Files
import Foundation
import Results
import Training

/// The folder in which workers keep their state between epochs.
struct CheckpointFolder: Sendable {
    let path: String

    /// Makes the folder if it is not there.
    init(_ path: String) throws {
        self.path = path
        try Folder.make(path, remedy: "Make it yourself, or name another place with --database")
    }

    /// The file of one trial. An identity is 64 hexadecimal digits, so it can be a file's name.
    func file(of identity: String) -> String {
        "\(path)/\(identity).checkpoint"
    }

    /// Removes the state of a trial that is done; it does not matter if there is none.
    func remove(_ identity: String) {
        CheckpointFile.remove(file(of: identity))
    }

    /// Removes the folder, unless some trial's state is left in it or another process trains beside it. Where that can't
    /// be read it stays: an empty folder is in nobody's way.
    func leave(_ reader: StoreReader) {
        guard let isUsed = try? reader.isHeldByOthers(), !isUsed else { return }
        rmdir(path)
    }
}
