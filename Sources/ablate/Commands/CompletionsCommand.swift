import ArgumentParser

/// `ablate completions`: what a shell needs to complete this program's commands and names.
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print the completion script of a shell: commands, options, and names from the database.",
        discussion: """
            `make install` puts all three where the shells look. By hand:
            bash: ablate completions bash > ~/.local/share/bash-completion/completions/ablate
            zsh:  ablate completions zsh > ~/.zfunc/_ablate   (with ~/.zfunc in fpath before compinit)
            fish: ablate completions fish > ~/.config/fish/completions/ablate.fish
            """)

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() throws {
        Console.standardOutput.write(Ablate.completionScript(for: shell.kind) + "\n")
    }

    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish

        var kind: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }
}
