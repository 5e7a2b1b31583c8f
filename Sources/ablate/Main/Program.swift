import ArgumentParser

/// The program's entry: reads the command line, runs one command, and tells errors in the program's own way.
@main
struct Program {
    static func main() async {
        do {
            var command = try Ablate.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    /// Prints what there is to say about the error and exits. Help and version go to standard output with code 0; bad
    /// usage has code 2 here, where ArgumentParser has 64.
    private static func end(with error: any Error) -> Never {
        if let code = error as? ExitCode {
            Ablate.exit(withError: code)
        }
        guard Complaint.isOfArguments(error) else {
            Console.standardError.write(Complaint.text(for: error) + "\n")
            Ablate.exit(withError: ExitCode(ExitStatus.unable))
        }
        let message = Ablate.fullMessage(for: error)
        if Ablate.exitCode(for: error).isSuccess {
            Console.standardOutput.write(message + "\n")
            Ablate.exit(withError: ExitCode(ExitStatus.done))
        }
        Console.standardError.write(message + "\n")
        Ablate.exit(withError: ExitCode(ExitStatus.unable))
    }
}
