import Foundation

/// Reads experiment files: YAML, strict, with the place of every mistake.
public enum ExperimentFile {
    /// Reads and checks the experiment in a file.
    ///
    /// - Parameters:
    ///   - path: the file; messages show it as it is written here.
    ///   - vocabulary: the mixers that layouts may use.
    /// - Returns: the experiment, sweeps expanded, and warnings in the order of the file.
    /// - Throws: everything that is wrong with the file, found in one pass, warnings among it.
    public static func load(
        path: String, vocabulary: Vocabulary
    ) throws(Diagnostics) -> (experiment: Experiment, warnings: [Diagnostic]) {
        try read(SourceText(bytes(of: path), file: path), vocabulary)
    }

    /// Reads and checks an experiment that is at hand as text.
    ///
    /// - Parameter file: the name that messages show.
    public static func parse(
        text: String, file: String, vocabulary: Vocabulary
    ) throws(Diagnostics) -> (experiment: Experiment, warnings: [Diagnostic]) {
        try read(SourceText(Array(text.utf8), file: file), vocabulary)
    }

    /// Reads and checks an experiment that is at hand as the bytes of a file.
    package static func parse(
        bytes: [UInt8], file: String, vocabulary: Vocabulary
    ) throws(Diagnostics) -> (experiment: Experiment, warnings: [Diagnostic]) {
        try read(SourceText(bytes, file: file), vocabulary)
    }

    private static func read(
        _ source: SourceText, _ vocabulary: Vocabulary
    ) throws(Diagnostics) -> (experiment: Experiment, warnings: [Diagnostic]) {
        let (root, found) = try FileTree.read(source)
        var reader = ExperimentReader(FileReader(source, found: found), vocabulary: vocabulary)
        let experiment = reader.experiment(root)
        let findings = reader.file.sorted()
        guard let experiment, !reader.file.hasErrors else { throw Diagnostics(findings) }
        return (experiment, findings)
    }

    /// The file's bytes, at most one more than are allowed.
    private static func bytes(of path: String) throws(Diagnostics) -> [UInt8] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw unreadable(
                path, "there is no file '\(path)'", remedy: "check the path, or make one with `ablate new`")
        }
        guard !isFolder.boolValue else {
            throw unreadable(path, "'\(path)' is a folder", remedy: "give the experiment file inside it")
        }
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { handle.closeFile() }
            let data = try handle.read(upToCount: SourceText.largestBytes + 4) ?? Data()
            return [UInt8](data)
        } catch {
            throw unreadable(path, "'\(path)' can't be read", remedy: "check its permissions (`ls -l`)")
        }
    }

    private static func unreadable(_ path: String, _ message: String, remedy: String) -> Diagnostics {
        Diagnostics([Diagnostic(.error, message, at: Diagnostic.Place(file: path, line: 1, column: 1), remedy: remedy)])
    }
}
