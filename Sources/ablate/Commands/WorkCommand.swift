import ArgumentParser
import Training

/// `ablate worker`: trains one trial and reports on standard output. `ablate run` starts it; nobody else does.
struct WorkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Train one trial, told on standard input (started by `ablate run`).",
        shouldDisplay: false)

    func run() throws {
        try Processor.requireVectors()
        let session = try WorkerSession()
        try session.run { job, interruption, report in
            var trainer = Trainer(
                job.specification, threads: job.execution.threads, checkpoint: job.execution.checkpoint,
                weights: job.execution.weights)
            trainer.recomputes = job.execution.recomputes ?? false
            trainer.pauseAfter = job.execution.pauseAfter
            try trainer.run(shouldStop: { interruption.isRequested }, report: report)
        }
    }
}
