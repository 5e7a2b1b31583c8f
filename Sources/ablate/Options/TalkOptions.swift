import ArgumentParser

/// How much is said on standard error.
struct TalkOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Neither progress nor warnings: the table and errors only.")
    var quiet = false

    func say(_ text: String) {
        if !quiet {
            Console.standardError.write(Console.standardError.wrapped(text) + "\n")
        }
    }
}
