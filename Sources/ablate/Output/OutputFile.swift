import Files
import Foundation

/// Files that a person asked for with `-o`.
enum OutputFile {
    /// Writes the file whole: beside its place first, then renamed, so that no half-written file is ever seen. What is
    /// there and is no file, such as `/dev/stdout` or a pipe, is written to and stays what it is.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do throws(SystemError) {
            if WholeFile.isDevice(path) {
                try WholeFile.writeDevice(path) { output throws(SystemError) in try output.write(bytes) }
            } else {
                try WholeFile.write(path) { output throws(SystemError) in try output.write(bytes) }
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

    /// Why a file can't be written, where the system's own words would not say whether it is the file or its folder.
    private static func reason(_ path: String, _ error: SystemError) -> String {
        let folder = Folder.of(path)
        if Folder.isThere(path) { return "it is a folder" }
        guard Folder.isThere(folder) else {
            return access(folder, F_OK) == 0 ? "\(folder) is no folder" : "there is no folder \(folder)"
        }
        return error.code == EACCES ? "the folder \(folder) is not yours to write to" : error.reason
    }
}
