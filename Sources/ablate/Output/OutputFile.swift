import Foundation

/// Files that a person asked for with `-o`.
enum OutputFile {
    /// Writes the file whole: beside its place first, then renamed, so that no half-written file is ever seen.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
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
}
