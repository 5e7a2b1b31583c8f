import Foundation

/// Files that a person asked for with `-o`.
enum OutputFile {
    /// Writes the file whole: beside its place first, then renamed, so that no half-written file is ever seen. What is
    /// there and is no file, such as `/dev/stdout` or a pipe, is written to and stays what it is.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            if isDevice(path) {
                let device = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
                try device.write(contentsOf: bytes)
                try device.close()
            } else {
                try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
            }
        } catch {
            throw Refusal("\(path) can't be written: \(error.localizedDescription)", remedy: "Choose another -o")
        }
    }

    /// Writes a new file; one that exists is left as it is.
    static func create(_ text: String, at path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Refusal("\(path) exists already", remedy: "Choose another -o, or remove the file")
        }
        try write(Array(text.utf8), to: path)
    }

    /// Whether something is there that is neither a file nor a folder.
    private static func isDevice(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }
}
