import Foundation

/// A folder that a run writes to.
enum Folder {
    /// Makes the folder if it is not there.
    ///
    /// - Parameter remedy: what to do where it cannot be made.
    static func make(_ path: String, remedy: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Refusal("the folder \(path) cannot be made: \(error.localizedDescription)", remedy: remedy)
        }
    }
}
