import Foundation

/// Files that are whole or not there.
public enum WholeFile {
    /// The name under which a file that keeps the one before it is written until it takes its own.
    public static func beginning(_ path: String) -> String { path + ".new" }

    /// The name under which any other file is written, of which several processes may write one at a time.
    private static func ownBeginning(_ path: String) -> String { "\(path).\(getpid()).new" }

    /// Writes a file beside its place, synchronises it with the disk, renames it, and makes the rename itself durable.
    /// Where anything fails, what was there before is still there and nothing else.
    ///
    /// - Parameters:
    ///   - previous: the name that the file gets which was there before; nil for none.
    ///   - makesFolder: whether the file's folder is made where somebody has taken it away, also while this writes; `body` is
    ///     called again then.
    public static func write(
        _ path: String, keeping previous: String? = nil, makesFolder: Bool = false,
        _ body: (FileOutput) throws(SystemError) -> Void
    ) throws(SystemError) {
        do throws(SystemError) {
            try writeOnce(path, keeping: previous, body)
        } catch {
            guard makesFolder, error.code == ENOENT, mkdir(Folder.of(path), 0o777) == 0 || errno == EEXIST else {
                throw error
            }
            try writeOnce(path, keeping: previous, body)
        }
    }

    private static func writeOnce(
        _ path: String, keeping previous: String?, _ body: (FileOutput) throws(SystemError) -> Void
    ) throws(SystemError) {
        let temporary = previous == nil ? ownBeginning(path) : beginning(path)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SystemError("create", temporary) }
        do throws(SystemError) {
            keepPermissions(of: path, descriptor)
            try body(FileOutput(descriptor: descriptor, name: temporary))
            guard fsync(descriptor) == 0 else { throw SystemError("synchronise", temporary) }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        close(descriptor)
        var isKept = false
        if let previous {
            isKept = rename(path, previous) == 0
            if !isKept, errno != ENOENT {
                let error = SystemError("rename", path)
                unlink(temporary)
                throw error
            }
        }
        do throws(SystemError) {
            try move(temporary, to: path)
        } catch {
            if let previous, isKept { rename(previous, path) }
            throw error
        }
    }

    /// A file that takes another's place may be read and written by the same people.
    private static func keepPermissions(of path: String, _ descriptor: Int32) {
        var status = stat()
        if stat(path, &status) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
    }

    /// Gives a whole file its place, also where another is there; where that fails the file goes.
    public static func move(_ temporary: String, to path: String) throws(SystemError) {
        guard rename(temporary, path) == 0 else {
            let error = SystemError("rename", temporary)
            unlink(temporary)
            throw error
        }
        Folder.synchronise(Folder.of(path))
    }

    /// Whether something is at `path` that is neither a file nor a folder, such as `/dev/stdout` or a pipe. It is written
    /// to and stays what it is.
    public static func isDevice(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }

    /// Opens what is no file for as long as `body` takes.
    public static func writeDevice(
        _ path: String, _ body: (FileOutput) throws(SystemError) -> Void
    ) throws(SystemError) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open", path) }
        defer { close(descriptor) }
        try body(FileOutput(descriptor: descriptor, name: path))
    }
}
