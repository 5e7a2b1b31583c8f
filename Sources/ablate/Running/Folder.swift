import Files

extension Folder {
    /// Makes a folder that a run or an output needs.
    ///
    /// - Parameter remedy: what to do where it cannot be made.
    static func make(_ path: String, remedy: String) throws {
        do {
            try make(path)
        } catch {
            throw Refusal("the folder \(path) cannot be made: \(error.reason)", remedy: remedy)
        }
    }
}
