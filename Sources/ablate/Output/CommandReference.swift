/// The commands and their options in Markdown: `docs/reference/commands.md`.
enum CommandReference {
    static func text(_ root: CommandDescription) -> String {
        let sections = root.leaves.map(section)
        let contents = root.leaves.map { command in
            let anchor = command.fullName.lowercased().replacing(" ", with: "-")
            return "| [`\(command.fullName)`](#\(anchor)) | \(escape(command.abstract ?? "")) |"
        }
        return """
            # Commands

            Made from the program by `ablate manual --markdown`; `ablate COMMAND --help` and the manual page say the same.

            | | |
            |---|---|
            \(contents.joined(separator: "\n"))

            \(sections.joined(separator: "\n"))
            """
    }

    private static func section(_ command: CommandDescription) -> String {
        var text = "## \(command.fullName)\n\n\(escape(command.abstract ?? ""))\n\n```\n\(command.usage)\n```\n"
        if let discussion = command.discussion, !discussion.isEmpty {
            text +=
                "\n"
                + discussion.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                    line.hasPrefix("ablate ") ? "    \(line)\n" : "\(escape(String(line)))\n"
                }.joined()
        }
        let arguments = command.shownArguments
        guard !arguments.isEmpty else { return text }
        text += "\n| | |\n|---|---|\n"
        text += arguments.map { argument in
            // A bar ends a cell even in code.
            "| `\(argument.spelling.replacing("|", with: "\\|"))` | \(escape(argument.explanation)) |\n"
        }.joined()
        return text
    }

    private static func escape(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing("*", with: "\\*")
    }
}
