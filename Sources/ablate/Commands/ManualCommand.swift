import ArgumentParser
import Foundation

/// `ablate manual`: the manual page, or the reference of commands in the documents; made from the commands themselves.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page (for `make install`), or the same in Markdown.",
        shouldDisplay: false)

    @Flag(name: .long, help: "Markdown instead of a manual page.")
    var markdown = false

    func run() throws {
        let root = try CommandDescription.decode(Ablate._dumpHelp())
        Console.standardOutput.write(markdown ? CommandReference.text(root) : ManualPage.text(root, Ablate.version))
    }
}
