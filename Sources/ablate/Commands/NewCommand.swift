import ArgumentParser
import Experiments

/// `ablate new`: a commented experiment file to begin with.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Print a commented experiment file to begin with.",
        usage: "ablate new NAME > NAME.yaml")

    @Argument(help: ArgumentHelp("The experiment's name: lower-case words with hyphens.", valueName: "name"))
    var name: String

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write to this file instead, unless it exists.", valueName: "file"),
        completion: .file(extensions: ["yaml"]))
    var output: String?

    func validate() throws {
        guard name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil else {
            throw ValidationError(
                "'\(name)': an experiment's name is lower-case words and digits with hyphens between.")
        }
    }

    func run() throws {
        let text = ExperimentTemplate.text(name: name, path: output ?? "\(name).yaml")
        if let output {
            try OutputFile.create(text, at: output)
        } else {
            Console.standardOutput.write(text)
        }
    }
}
