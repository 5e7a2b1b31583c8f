import ArgumentParser
import Foundation
import Training

/// How many trials run at the same time.
struct WorkerOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("Trials at the same time (default: one per core).", valueName: "n"))
    var jobs: Int?

    @Option(
        name: .long, help: ArgumentHelp("Threads of each trial.", valueName: "n"), transform: OptionValue.threads)
    var threads = 1

    /// Workers at the same time: as many as there are cores for their threads.
    var count: Int { jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount / threads) }

    func validate() throws {
        if let jobs, !(1...1024).contains(jobs) {
            throw ValidationError("--jobs \(jobs): give a number from 1 to 1024.")
        }
    }
}

/// How much of a training step is kept for its backward pass.
struct RecomputationOptions: ParsableArguments {
    @Flag(
        name: .long,
        help: """
            Train in less memory than `ablate plan` shows: compute each block twice instead of keeping what is in it. Same results, \
            slower.
            """)
    var recompute = false
}

/// How trials are run. Nothing here changes a result.
struct ExecutionOptions: ParsableArguments {
    @OptionGroup var parallelism: WorkerOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The most memory of each trial, such as 2G or 500M: twice what `ablate plan` shows is enough (default: no limit).",
            valueName: "size"),
        transform: OptionValue.reading("give at least 64M, such as 500M or 2G"))
    var memory: MemorySize?

    @OptionGroup var recomputation: RecomputationOptions

    @Option(
        name: .long,
        help: ArgumentHelp("Seconds after which a trial that says nothing is taken to hang.", valueName: "seconds"))
    var patience = 600

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Keep the weights of each trial that this run finishes in this folder, as safetensors.",
            valueName: "folder"),
        completion: .directory)
    var weights: String?

    var workers: Int { parallelism.count }
    var threads: Int { parallelism.threads }

    func validate() throws {
        guard (1...1_000_000).contains(patience) else {
            throw ValidationError("--patience \(patience): give seconds from 1 to 1000000.")
        }
    }
}

/// An amount of memory on the command line: `500M`, `2G`, or bytes.
struct MemorySize: ExpressibleByArgument, Hashable {
    /// A process with less can't even load its libraries.
    static let least = 64 << 20

    let bytes: Int

    init?(argument: String) {
        let units: [Character: Int] = ["k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40]
        let unit = argument.lowercased().last.flatMap { units[$0] }
        guard let number = Double(unit == nil ? argument : String(argument.dropLast())), number.isFinite,
            number * Double(unit ?? 1) < Double(Int.max), number * Double(unit ?? 1) >= Double(Self.least)
        else { return nil }
        bytes = Int(number * Double(unit ?? 1))
    }
}
