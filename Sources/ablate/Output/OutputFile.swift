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
            throw Refusal("\(path) can't be written: \(reason(path, error))", remedy: "Choose another -o")
        }
    }

    /// Writes a new file; one that exists is left as it is.
    static func create(_ text: String, at path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Refusal("\(path) exists already", remedy: "Choose another -o, or remove the file")
        }
        try write(Array(text.utf8), to: path)
    }

    /// Why a file can't be written; Foundation's own words speak of the file where its folder is missing.
    private static func reason(_ path: String, _ error: any Error) -> String {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            return "it is a folder"
        }
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            return "there is no folder \(folder)"
        }
        guard isFolder.boolValue else { return "\(folder) is no folder" }
        return access(folder, W_OK) == 0 ? error.localizedDescription : "the folder \(folder) is not yours to write to"
    }

    /// Whether something is there that is neither a file nor a folder.
    private static func isDevice(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }
}
