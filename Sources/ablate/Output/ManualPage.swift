/// The manual page in the macros of man(7).
enum ManualPage {
    static func text(_ root: CommandDescription, _ version: String) -> String {
        var lines = [
            ".TH ABLATE 1 \"\" \"ablate \(version)\" \"User Commands\"", ".SH NAME",
            "ablate \\- \(escape(root.abstract ?? ""))", ".SH SYNOPSIS", ".B ablate", ".I command", "[options]",
            ".SH DESCRIPTION",
        ]
        lines += paragraphs(root.discussion)
        lines.append(".SH COMMANDS")
        for command in root.leaves { lines += section(command) }
        for (title, entries) in endings {
            lines.append(".SH \(title)")
            lines += entries.flatMap { [".TP", ".B \(escape($0.0))", escape($0.1)] }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ command: CommandDescription) -> [String] {
        var lines = [".SS \(escape(command.usage))", escape(command.abstract ?? "")]
        let more = paragraphs(command.discussion)
        if !more.isEmpty { lines += [".PP"] + more }
        for argument in command.shownArguments {
            lines += [".TP", ".B \(escape(argument.spelling))", escape(argument.explanation)]
        }
        return lines
    }

    /// Lines stay lines: discussions hold examples.
    private static func paragraphs(_ text: String?) -> [String] {
        guard let text, !text.isEmpty else { return [] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return Array(lines.map { $0.isEmpty ? [".PP"] : [escape($0), ".br"] }.joined().dropLast())
    }

    private static let endings: [(String, [(String, String)])] = [
        (
            "EXIT STATUS",
            [
                ("0", "Everything that was asked for is done."),
                ("1", "The run came to its end, but some trials failed."),
                ("2", "Bad usage, a bad file, or a machine, database or data set that the command can't work with."),
                ("130", "A person or the system stopped the run; the same command goes on with it."),
            ]
        ),
        (
            "ENVIRONMENT",
            [
                ("ABLATE_DATABASE", "The file with the results, where --database does not name one."),
                ("NO_COLOR", "No colours, whatever the terminal can show."),
            ]
        ),
        ("FILES", [("results/ablate.sqlite", "The results: an SQLite database with documented views.")]),
    ]

    /// Takes the meaning of roff's characters away: a backslash, a hyphen, and a point or quote that begins a line.
    private static func escape(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return [".", "'"].contains(escaped.prefix(1)) ? "\\&" + escaped : escaped
    }
}
