import Foundation

/// Something that happens to a run at a bad moment.
enum SoakEvent: String, CaseIterable {
    case killWorker, killCoordinator, killBoth
    case terminateWorker, terminateCoordinator, hangUp, interrupt
    case pauseWorker, pauseCoordinator
    case fillDisk

    /// The exit codes that the coordinator it happens to may have; any that goes on to its end may have 0 or 1.
    var exitCodes: Set<Int32> {
        switch self {
        case .killCoordinator, .killBoth: [128 + SIGKILL]
        case .terminateCoordinator, .hangUp, .interrupt: [130]
        case .fillDisk: [2]
        case .killWorker, .terminateWorker, .pauseWorker, .pauseCoordinator: []
        }
    }

    /// Lets it happen.
    ///
    /// - Parameters:
    ///   - running: the coordinator.
    ///   - worker: one of its workers.
    ///   - disk: where the database lies.
    ///   - pause: for how long things stand still, in seconds.
    func happen(to running: Sandbox.Running, worker: Int32, disk: SmallDisk?, pause: TimeInterval) throws {
        switch self {
        case .killWorker: kill(worker, SIGKILL)
        case .killCoordinator: running.send(SIGKILL)
        case .killBoth:
            running.send(SIGKILL)
            kill(worker, SIGKILL)
        case .terminateWorker: kill(worker, SIGTERM)
        case .terminateCoordinator: running.send(SIGTERM)
        case .hangUp: running.send(SIGHUP)
        case .interrupt: running.send(SIGINT)
        case .pauseWorker: Self.standStill(worker, pause)
        case .pauseCoordinator: Self.standStill(running.process.processIdentifier, pause)
        case .fillDisk: try disk?.whileFull { Thread.sleep(forTimeInterval: pause) }
        }
    }

    private static func standStill(_ process: Int32, _ seconds: TimeInterval) {
        kill(process, SIGSTOP)
        Thread.sleep(forTimeInterval: seconds)
        kill(process, SIGCONT)
    }
}
