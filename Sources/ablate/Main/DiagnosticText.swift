import Experiments

/// Diagnostics as compilers print them, so that editors find the place:
/// ```
/// pattern.yaml:7:21: error: unknown block `mambo`; did you mean `mamba`
///   first: C | mambo*4
///              ^~~~~
/// ```
enum DiagnosticText {
    static func text(_ diagnostic: Diagnostic) -> String {
        let what = "\(diagnostic.severity.rawValue): \(diagnostic.message)"
        let remedy = diagnostic.remedy.map { "; \($0)" } ?? ""
        guard let place = diagnostic.place else { return "ablate: \(what)\(remedy)" }
        let head = "\(place.file):\(place.line):\(place.column): \(what)\(remedy)"
        return ([head] + excerpt(place)).joined(separator: "\n")
    }

    /// The line and, under it, a caret; tabs stay tabs in both, so that they stand under each other.
    private static func excerpt(_ place: Diagnostic.Place) -> [String] {
        guard let line = place.excerpt, place.column >= 1 else { return [] }
        let before = line.prefix(place.column - 1).map { $0 == "\t" ? "\t" : " " }
        let marks = "^" + String(repeating: "~", count: max(0, place.length - 1))
        return ["  " + line, "  " + before.joined() + marks]
    }
}
