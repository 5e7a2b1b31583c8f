/// The commands and their options in Markdown: `docs/reference/commands.md`.
enum CommandReference {
    static func text(_ root: CommandDescription) -> String {
        let sections = root.leaves.map(section)
        return """
            # Commands

            Made from the program by `ablate manual --markdown`; `ablate COMMAND --help` says the same.

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
        text += arguments.map { "| `\($0.spelling)` | \(escape($0.explanation)) |\n" }.joined()
        return text
    }

    private static func escape(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing("*", with: "\\*")
    }
}
