import Files
import Foundation
import GRDB
import Synchronization

/// Which file a path leads to, told apart from another that takes its name.
struct FileIdentity: Hashable, Sendable {
    private let device: UInt64
    private let number: UInt64

    /// Nil where nothing is there.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        number = UInt64(status.st_ino)
    }
}

extension Store {
    /// Refuses to write on into a file that nobody will find again: one that was removed or replaced after it was
    /// opened. What it holds, the last transaction included, is saved beside its old place.
    func requirePresence(_ database: Database) throws {
        guard FileIdentity(of: path) != identity else { return }
        let fate = FileManager.default.fileExists(atPath: path) ? "replaced" : "removed"
        let message = "\(path) was \(fate) while this command was writing to it"
        let copy: String
        do {
            copy = try rescue(database)
        } catch {
            throw StoreError(.gone, message, remedy: "What it held could not be saved (\(error))")
        }
        throw StoreError(
            .gone, message, remedy: "What it held is saved in \(copy): move that back to its place and run again")
    }

    /// Copies the open database to a name that is free; a second time to the same name.
    private func rescue(_ database: Database) throws -> String {
        try rescued.withLock { rescued in
            let copy = rescued ?? freeName()
            if rescued != nil { try FileManager.default.removeItem(atPath: copy) }
            try Folder.make(Folder.of(path))
            try database.execute(sql: "VACUUM INTO ?", arguments: [copy])
            rescued = copy
            return copy
        }
    }

    private func freeName() -> String {
        let names = sequence(first: 1) { $0 + 1 }.lazy.map { self.path + ".rescued" + ($0 == 1 ? "" : "-\($0)") }
        return names.first { !FileManager.default.fileExists(atPath: $0) } ?? path + ".rescued"
    }
}
