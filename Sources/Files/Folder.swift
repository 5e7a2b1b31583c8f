import Foundation

/// A folder that is written to.
public enum Folder {
    /// The folder in which a file lies; `.` for a bare name.
    public static func of(_ path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    /// Makes the folder, and those above it, where they are not there, so that they survive a power cut.
    public static func make(_ path: String) throws(SystemError) {
        if isThere(path) { return }
        if mkdir(path, 0o777) != 0 {
            let code = errno
            let above = of(path)
            if code == ENOENT, above != path, !isThere(above) {
                try make(above)
                return try make(path)
            }
            // Another process may have made it in the same moment.
            guard code == EEXIST, isThere(path) else { throw SystemError("make", path, code: code) }
        }
        synchronise(of(path))
    }

    /// Whether a folder is there.
    public static func isThere(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes the folder's entries durable. Some file systems can't; what is in them is whole either way.
    public static func synchronise(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
