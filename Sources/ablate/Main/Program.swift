import ArgumentParser
import Foundation

/// The program's entry: reads the command line, runs one command, and tells errors in the program's own way.
@main
struct Program {
    static func main() async {
        // A file that would pass the shell's limit (`ulimit -f`) is then an error with a sentence, as a full disk is.
        signal(SIGXFSZ, SIG_IGN)
        do {
            try UnknownCommand.refuse(Array(CommandLine.arguments.dropFirst()))
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

    /// Prints what there is to say about an error and exits. Help and the version go to standard output with code 0; bad
    /// usage has code 2 here, where ArgumentParser has 64.
    private static func end(with error: any Error) -> Never {
        if error is ExitCode {
            Ablate.exit(withError: error)
        }
        switch Ablate.exitCode(for: error) {
        case .success:
            Console.standardOutput.write(Ablate.fullMessage(for: error) + "\n")
            Ablate.exit()
        case .validationFailure:
            Console.standardError.write(Ablate.fullMessage(for: error) + "\n")
        default:
            Console.standardError.write(Complaint.text(for: error) + "\n")
        }
        Ablate.exit(withError: ExitCode(ExitStatus.unable))
    }
}
