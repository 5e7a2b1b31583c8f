import Yams

/// What is wrong with a text that is no YAML, in this program's words.
struct YAMLProblem {
    let diagnostic: Diagnostic

    init(_ error: any Error, in source: SourceText) {
        guard let error = error as? YamlError else {
            diagnostic = Diagnostic(.error, "the file can't be read as YAML", remedy: YAMLProblem.generalRemedy)
            return
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let (message, remedy) = YAMLProblem.words(for: problem)
            diagnostic = Diagnostic(
                .error, message, at: source.place(line: mark.line, scalarColumn: mark.column), remedy: remedy)
        default:
            diagnostic = Diagnostic(
                .error, "the file can't be read as YAML", at: source.place(line: 1, column: 1),
                remedy: YAMLProblem.generalRemedy)
        }
    }

    private static let generalRemedy = "check indentation, brackets and quotation marks here and in the line before"

    /// LibYAML's sentence, in words that say what to do.
    private static func words(for problem: String) -> (message: String, remedy: String) {
        switch problem {
        case "mapping values are not allowed in this context":
            (
                "a second `:` in one value, or a key at the wrong indentation",
                "put the value in quotation marks if it holds `: `, or correct the indentation"
            )
        case "found character that cannot start any token":
            ("a value can't begin with this character", "put the value in quotation marks")
        case "did not find expected ',' or ']'": ("a list is not closed", "add the missing `,` or `]`")
        case "did not find expected ',' or '}'":
            (
                "a section in braces is not closed",
                "add the missing `,` or `}`; a value that holds `{`, `}`, `[`, `]` or `,` needs quotation marks here"
            )
        case "found unexpected end of stream": ("a quotation mark is not closed", "add the missing quotation mark")
        case "did not find expected key":
            (
                "a key was expected here",
                "align it with the keys above; a value that goes on behind a quotation mark "
                    + "needs quotation marks around all of it"
            )
        case "did not find expected '-' indicator": ("a list entry was expected here", "begin it with `- `")
        case "could not find expected ':'": ("a key has no `:` behind it", "write `key: value`")
        case "found undefined alias":
            (
                "a value that begins with `*` refers to an anchor that the file does not have",
                "put the value in quotation marks"
            )
        case "but found another document":
            ("a second document begins here", "keep one experiment in a file; delete `---`")
        case let text where text.contains("nesting level") || text.contains("depth"):
            ("values are nested too deeply", "no key needs more than four levels")
        default: ("the text is no YAML here: \(problem)", generalRemedy)
        }
    }
}
