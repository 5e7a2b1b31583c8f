import Foundation
import GRDB

extension StoreReader {
    /// Writes one consistent state of the database as a single file that no program needs a log beside it to read.
    ///
    /// The file appears whole or not at all, takes the place of an earlier snapshot, and cannot be written by accident.
    /// - Throws: ``StoreError`` where the place is the database itself, holds a database in use, or cannot be written.
    public func snapshot(to target: String) throws {
        try refuseDatabase(at: target)
        let partial = "\(target).partial-\(UUID().uuidString)"
        do {
            try copy(to: partial)
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: partial)
            guard rename(partial, target) == 0 else {
                throw StoreError(
                    .readOnly, "\(target) cannot be written: \(String(cString: strerror(errno)))",
                    remedy: "Name another file with -o")
            }
        } catch {
            throw StoreReader.discarding(partial, after: error)
        }
    }

    /// Removes what has been written of a file that could not be finished.
    ///
    /// - Returns: the error that led here; it names what is left where that cannot be removed either.
    static func discarding(_ partial: String, after error: any Error) -> any Error {
        guard FileManager.default.fileExists(atPath: partial) else { return error }
        do {
            try FileManager.default.removeItem(atPath: partial)
            return error
        } catch let rest {
            var told = error as? StoreError ?? StoreError(.other, error.localizedDescription)
            told.message +=
                ", and \(partial), which was written for it, cannot be removed (\(rest.localizedDescription))"
            return told
        }
    }

    private func refuseDatabase(at target: String) throws {
        func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
        guard resolved(target) != resolved(path), !DatabaseFile.hasLog(target) else {
            throw StoreError(
                .forbidden, "\(target) is a database that is in use", remedy: "Name another file with -o")
        }
    }

    private func copy(to partial: String) throws {
        do {
            let copy = try DatabaseQueue(path: partial)
            try database.backup(to: copy)
            try copy.writeWithoutTransaction { database in
                // Leaves WAL mode, which is noted in the file, and what was deleted.
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
                try database.execute(sql: "VACUUM")
            }
            try copy.close()
        } catch let error as DatabaseError {
            throw StoreError(error, path: partial)
        }
    }
}
