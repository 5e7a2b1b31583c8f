import ArgumentParser
import Experiments

/// `ablate schema`: the keys of an experiment file, for editors or for people.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of experiment files, or a reference of their keys.",
        discussion: """
            For completion in editors with the YAML language server, write the schema to a file and begin experiment files \
            with: # yaml-language-server: $schema=FILE
            """)

    @Flag(name: .long, help: "Print the reference in Markdown instead.")
    var reference = false

    func run() throws {
        Console.standardOutput.write(reference ? FileReference.text : FileSchema.text)
    }
}
