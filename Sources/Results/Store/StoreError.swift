import Experiments
import GRDB

/// What went wrong with the results database: what, where, and what to do.
public struct StoreError: Explained, Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        /// There is no such file.
        case missing
        /// The file is not a results database of this program.
        case foreign
        /// The file is truncated or damaged.
        case damaged
        /// A newer version of the program wrote the file.
        case newer
        /// Another process held the file for longer than the time-out.
        case busy
        /// The disk is full, or it refuses to be written for another reason of its own.
        case full
        /// The file was removed or replaced while it was open.
        case gone
        /// The file or its folder cannot be written.
        case readOnly
        /// No such experiment, trial or attempt.
        case unknown
        /// The attempt has already ended: its events are no longer accepted.
        case closed
        /// The trial is being run, and what was asked for would be unfair to that.
        case held
        /// An earlier run has decided by other rows or another plan, and its decisions stay.
        case decided
        /// The query would write, or reach outside the database.
        case forbidden
        /// The query ran for longer than allowed.
        case tooSlow
        /// The query's text is wrong.
        case query
        /// Any other error of SQLite.
        case other
    }

    public var kind: Kind
    /// What is wrong and where, one sentence without a full stop.
    public var message: String
    /// What to do about it, one sentence without a full stop.
    public var remedy: String?

    public init(_ kind: Kind, _ message: String, remedy: String? = nil) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
    }

    public var advice: String? { remedy }
}

extension StoreError {
    /// The user's words for an error of SQLite on the database at `path`.
    init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .busy, "\(path) was held by another process for more than \(Int(Store.busySeconds)) seconds",
                remedy: "Close the program that keeps a write transaction open on it and run the command again")
        case .SQLITE_FULL:
            self.init(
                .full, "the disk that holds \(path) is full",
                remedy: "Free some space and run the command again: everything stored so far is intact")
        case .SQLITE_READONLY, .SQLITE_PERM:
            self.init(
                .readOnly, "\(path) cannot be written",
                remedy: "Change the permissions of the file and its folder, or name another file with --database")
        case .SQLITE_CANTOPEN:
            self.init(
                .readOnly, "\(path) cannot be opened",
                remedy: "Check the permissions of the file and its folder, or name another file with --database")
        case .SQLITE_NOTADB:
            self.init(
                .foreign, "\(path) is not an SQLite database",
                remedy: "Name a results database with --database, or a new file to begin one")
        case .SQLITE_CORRUPT:
            self.init(.damaged, "\(path) is damaged: \(error.message ?? "malformed")", remedy: StoreError.restore)
        case .SQLITE_IOERR where StoreError.refusedWrites.contains(error.extendedResultCode):
            self.init(
                .full, "the disk that holds \(path) refuses to be written (a limit, a quota or a fault)",
                remedy: "Look at `ulimit -f`, the quota and the disk, and run the command again: "
                    + "everything stored so far is intact")
        case .SQLITE_IOERR:
            self.init(
                .damaged, "\(path) could not be read or written: \(error.message ?? "input/output error")",
                remedy: StoreError.restore)
        default:
            self.init(.other, "\(path): SQLite says \(error.message ?? "\(error.resultCode)")")
        }
    }

    private static let refusedWrites: [ResultCode] = [
        .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_TRUNCATE,
        .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_DELETE,
    ]

    static let restore =
        "`ablate doctor` says what is damaged; put a copy of the file back, or recover what can be read with: "
        + "sqlite3 FILE .recover | sqlite3 NEW"

    static func unknownExperiment(_ name: String, path: String, known: [String]) -> StoreError {
        let list =
            known.isEmpty
            ? "It holds none yet: ablate run FILE puts one there" : "It holds: \(known.joined(separator: ", "))"
        return StoreError(.unknown, "\(path) has no experiment called \"\(name)\"", remedy: list)
    }
}
