import Subprocess

/// The program that is started for each trial.
public struct WorkerCommand: Sendable {
    public var executable: String
    public var arguments: [String]
    /// Variables that are set for the worker beside the ones it inherits.
    public var environment: [String: String]

    public init(executable: String, arguments: [String], environment: [String: String] = [:]) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }

    /// This program itself, with these arguments.
    ///
    /// On Linux it is named by the kernel's link to the running file, so that a program that is rebuilt or removed while
    /// it runs still starts workers of its own version.
    public static func thisProgram(path: String, arguments: [String]) -> WorkerCommand {
        #if os(Linux)
            WorkerCommand(executable: "/proc/self/exe", arguments: arguments)
        #else
            WorkerCommand(executable: path, arguments: arguments)
        #endif
    }

    /// How the worker is started: BLAS keeps to one thread from its first moment (a worker's own threads split the work
    /// so that bits don't depend on them), and a crash ends the worker at once instead of starting a debugger.
    var configuration: Configuration {
        var variables: [Environment.Key: String?] = [
            "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "SWIFT_BACKTRACE": "enable=no",
        ]
        for (name, value) in environment {
            variables[Environment.Key(stringLiteral: name)] = value
        }
        return Configuration(
            executable: .path(.init(executable)),
            arguments: Arguments(executablePathOverride: "ablate", remainingValues: arguments),
            environment: .inherit.updating(variables))
    }
}
