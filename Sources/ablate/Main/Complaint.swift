import Experiments
import Foundation
import Images
import Networks
import Results
import Training

/// Errors in the words of the program: one paragraph each, what, where and what to do; never a trace.
enum Complaint {
    static func text(for error: any Error) -> String {
        switch error {
        case let error as Diagnostics: error.rendered(colour: Console.standardError.hasColour)
        case let error as Diagnostic: error.rendered(colour: Console.standardError.hasColour)
        case let error as Refusal: paragraph(error.message, error.remedy)
        case let error as DataError: paragraph(error.message, error.remedy)
        case let error as StoreError: paragraph(error.message, error.remedy)
        case let error as WeightsError: paragraph("\(error.path) \(error.message)", error.remedy)
        case let error as ImageError: paragraph("\(error.path) \(error.message)", error.remedy)
        case let error as NetworkError: paragraph(error.message, error.remedy)
        case let error as Failure: paragraph(error.message, nil)
        case let error as CocoaError: paragraph(error.localizedDescription, nil)
        default: paragraph("\(error)", nil)
        }
    }

    private static func paragraph(_ message: String, _ remedy: String?) -> String {
        let advice = remedy.map { " " + $0.capitalized.withFullStop } ?? ""
        return Console.standardError.wrapped("ablate: error: \(message.withFullStop)\(advice)")
    }
}

extension String {
    fileprivate var withFullStop: String { hasSuffix(".") ? self : self + "." }

    /// The text with a capital letter at its start, unless it begins with a command.
    fileprivate var capitalized: String {
        ["ablate ", "apt-get ", "`"].contains(where: hasPrefix) ? self : prefix(1).uppercased() + dropFirst()
    }
}
