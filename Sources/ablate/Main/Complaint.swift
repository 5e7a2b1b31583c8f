import Experiments
import Foundation
import Images

/// Errors in the words of the program: one paragraph each, what, where and what to do; never a trace.
enum Complaint {
    static func text(for error: any Error) -> String {
        switch error {
        case let error as Diagnostics: error.rendered(colour: Console.standardError.hasColour)
        case let error as Diagnostic: error.rendered(colour: Console.standardError.hasColour)
        case let error as any Explained: paragraph(error.message, error.advice)
        case let error as CocoaError: paragraph(error.localizedDescription, nil)
        default: paragraph("\(error)", nil)
        }
    }

    private static func paragraph(_ message: String, _ advice: String?) -> String {
        let sentence = advice.map { " " + $0.asSentence.withFullStop } ?? ""
        return Console.standardError.wrapped("ablate: error: \(message.withFullStop)\(sentence)")
    }
}

extension String {
    fileprivate var withFullStop: String { hasSuffix(".") ? self : self + "." }

    /// The text with a capital letter at its start, unless it begins with a command.
    fileprivate var asSentence: String {
        ["ablate ", "apt-get ", "`"].contains(where: hasPrefix) ? self : prefix(1).uppercased() + dropFirst()
    }
}

extension ImageError: Explained {
    public var advice: String? { remedy }
}
