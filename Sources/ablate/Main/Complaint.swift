import ArgumentParser
import Experiments
import Results
import Training

/// Errors in the words of the program: one paragraph each, what, where and what to do; never a trace.
enum Complaint {
    /// Whether the error is ArgumentParser's own: bad usage, or a request for help or the version.
    static func isOfArguments(_ error: any Error) -> Bool {
        if error is ValidationError || error is CleanExit { return true }
        return String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
    }

    static func text(for error: any Error) -> String {
        switch error {
        case let error as Diagnostics: error.all.map(DiagnosticText.text).joined(separator: "\n")
        case let error as Diagnostic: DiagnosticText.text(error)
        case let error as Refusal: "ablate: error: \(error.message). \(error.remedy)."
        case let error as DataError: "ablate: error: \(error.message). \(error.remedy.sentence)."
        case let error as Failure: "ablate: error: \(error.message)"
        case let error as CustomStringConvertible: "ablate: error: \(error.description)"
        default: "ablate: error: \(error)"
        }
    }
}

extension String {
    /// The text with a capital letter at its start.
    var sentence: String { prefix(1).uppercased() + dropFirst() }
}
