import ArgumentParser

/// How much is said on standard error.
struct TalkOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func say(_ text: String) {
        if !quiet {
            Console.standardError.write(text + "\n")
        }
    }
}
