import Experiments
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs trials in worker processes, several at a time, until the journal has none left or somebody asks it to stop.
///
/// What happens to a worker costs its own attempt only. The coordinator itself trains nothing, so that no crash of an
/// operation, no lack of memory and no hang reaches the process that writes the results.
public actor Coordinator {
    public struct Settings: Sendable {
        /// Workers at the same time.
        public var jobs: Int
        public var command: WorkerCommand
        /// How long a worker may say nothing before it is taken to hang. The slowest step or evaluation of a network
        /// must fit in; a worker reports at least one event each second while it makes steps.
        public var allowedSilence: Duration
        /// How long a worker that was asked to stop may take to end its step.
        public var grace: Duration

        public init(
            jobs: Int, command: WorkerCommand, allowedSilence: Duration = .seconds(600), grace: Duration = .seconds(30)
        ) {
            precondition(jobs > 0, "Coordinator: \(jobs) jobs")
            self.jobs = jobs
            self.command = command
            self.allowedSilence = allowedSilence
            self.grace = grace
        }
    }

    private let journal: any TrialJournal
    private let settings: Settings
    private let observe: @Sendable (RunNews) -> Void
    private var handles: [Int64: WorkerHandle] = [:]
    private nonisolated let stopRequests = Mutex(0)
    private var tally = RunTally()
    private var trouble: (any Error)?

    /// - Parameter observe: Called for everything that happens, in order, after it was written down; a stop is told by whoever asks for it.
    public init(
        journal: any TrialJournal, settings: Settings, observe: @escaping @Sendable (RunNews) -> Void = { _ in }
    ) {
        self.journal = journal
        self.settings = settings
        self.observe = observe
    }

    /// Runs until no trial is left or the run was stopped.
    ///
    /// A pipe that breaks, to a worker or to the terminal, must not end this process: SIGPIPE is ignored from now on.
    ///
    /// - Throws: What the journal throws, or `WorkerLaunchError`; all workers have ended then.
    public func run() async throws -> RunTally {
        signal(SIGPIPE, SIG_IGN)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<settings.jobs {
                group.addTask { await self.work() }
            }
        }
        if let trouble { throw trouble }
        tally.wasStopped = isStopping
        return tally
    }

    /// The first call asks all workers to stop and hands out no further trial; the second kills the workers.
    ///
    /// It is told at once: workers on the same terminal have heard of it as well, and end in the same moment.
    public nonisolated func stop() async {
        let isForced = stopRequests.withLock { requests in
            requests += 1
            return requests > 1
        }
        observe(.stopping(isForced: isForced))
        await interruptAll()
    }

    private nonisolated var isStopping: Bool { stopRequests.withLock { $0 > 0 } }

    private func interruptAll() {
        for handle in handles.values {
            interrupt(handle)
        }
    }

    private func work() async {
        while let trial = claim() {
            await run(trial)
        }
    }

    private func claim() -> ClaimedTrial? {
        guard !isStopping, trouble == nil else { return nil }
        do {
            guard let trial = try journal.claim() else { return nil }
            observe(.claimed(trial))
            return trial
        } catch {
            end(with: error)
            return nil
        }
    }

    private func run(_ trial: ClaimedTrial) async {
        let handle = WorkerHandle(allowedSilence: settings.allowedSilence)
        handles[trial.attempt] = handle
        defer { handles[trial.attempt] = nil }
        let process = WorkerProcess(trial: trial, command: settings.command, handle: handle)
        do {
            let end = try await process.run { event in await self.record(event, of: trial) }
            if let end {
                record(.failed(end.failure), of: trial)
            }
        } catch {
            let launchError = WorkerLaunchError(executable: settings.command.executable, cause: "\(error)")
            record(.failed(Failure(.interrupted, launchError.description)), of: trial)
            end(with: launchError)
        }
    }

    private func record(_ event: RunEvent, of trial: ClaimedTrial) {
        guard handles[trial.attempt]?.intervention != .takenOver else { return }
        do {
            if case .progress = event {
            } else if try !journal.record(event, of: trial.attempt) {
                handles[trial.attempt]?.kill(.takenOver)
                return observe(.takenOver(trial))
            }
            tally.count(event)
            observe(.event(trial, event))
        } catch {
            handles[trial.attempt]?.kill(.journal)
            end(with: error)
        }
    }

    /// Ends the run because of an error that is not one trial's own; the first such error is told.
    private func end(with error: any Error) {
        trouble = trouble ?? error
        for handle in handles.values {
            handle.ask(grace: settings.grace)
        }
    }

    private func interrupt(_ handle: WorkerHandle) {
        if stopRequests.withLock({ $0 > 1 }) {
            handle.kill(.stopped)
        } else {
            handle.ask(grace: settings.grace)
        }
    }
}
