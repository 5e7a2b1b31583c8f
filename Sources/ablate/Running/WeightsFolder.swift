import Experiments
import Files
import Foundation

/// The folder in which a run keeps the trained weights.
struct WeightsFolder: Sendable {
    let path: String

    /// Makes the folder if it is not there.
    init(_ path: String) throws {
        self.path = path
        try Folder.make(path, remedy: "Name another place with --weights")
        guard access(path, W_OK) == 0 else {
            throw Refusal("the folder \(path) can't be written to", remedy: "Name another place with --weights")
        }
    }

    /// The file of one trial: `last-half-seed3-1a2b3c4d.safetensors`, from its first row, its seed and its identity.
    func file(of entry: TrialPlan.Entry) -> String { WeightsFolder.file(of: entry, in: path) }

    /// The file that a trial has in a folder, whether either is there or not.
    static func file(of entry: TrialPlan.Entry, in path: String) -> String {
        // No hidden file, none that reads as an option, and short enough with any letters.
        let name = String((entry.rows.first ?? "trial").map { isPlain($0) ? $0 : "-" }.prefix(50))
        let row = name.first.map { ".-".contains($0) } ?? true ? "row" + name : name
        let identity = entry.identity.hexadecimal.prefix(8)
        return "\(path)/\(row)-seed\(entry.specification.seed)-\(identity).safetensors"
    }

    /// Whether a character can stand in a file's name anywhere.
    private static func isPlain(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "-_.".contains(character)
    }
}
