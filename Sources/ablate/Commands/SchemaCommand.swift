import ArgumentParser
import Experiments
import Results

/// `ablate schema`: the keys of an experiment file, for editors or for people, or the columns of the database.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of experiment files, or a reference of their keys.",
        discussion: """
            For completion in editors with the YAML language server, write the schema to a file and begin experiment files \
            with: # yaml-language-server: $schema=FILE
            """)

    @Flag(name: .long, help: "Print the reference in Markdown instead.")
    var reference = false

    @Flag(name: .long, help: "Print the reference of the database's views and tables, in Markdown.")
    var tables = false

    func validate() throws {
        guard !(reference && tables) else { throw ValidationError("Give --reference or --tables, not both.") }
    }

    func run() throws {
        let text = tables ? SchemaReference.markdown : reference ? FileReference.text : FileSchema.text
        Console.standardOutput.write(text)
    }
}
