import Foundation

/// Who holds an attempt: a process on a host, told apart from later processes of the same number by its start.
public struct Lease: Hashable, Sendable {
    public var host: String
    public var processIdentifier: Int
    /// The process's start in clock ticks since the host started. Unlike a time of day it does not move when the clock
    /// is set.
    public var processStart: Int
    /// The identifier of the host's current start, and of the process's own table of processes where the system has
    /// several (containers); empty where the system gives none.
    public var boot: String

    public init(host: String, processIdentifier: Int, processStart: Int, boot: String) {
        self.host = host
        self.processIdentifier = processIdentifier
        self.processStart = processStart
        self.boot = boot
    }

    /// The lease of this process.
    public static func current() -> Lease {
        let process = Int(getpid())
        return Lease(
            host: ProcessInfo.processInfo.hostName, processIdentifier: process,
            processStart: ProcessTable.start(of: process) ?? 0, boot: ProcessTable.boot)
    }

    /// What can be said from here about whether the holder still lives.
    public enum Life: Hashable, Sendable {
        case alive
        case dead
        /// It is, or was, on another host or in another container: only its signs of life can tell.
        case unknown
    }

    /// What can be said about the holder from this process. A host's name may change under a running process, so what
    /// counts is the host's start; a holder from before the host's last start is gone.
    public func life(seenFrom here: Lease) -> Life {
        let isSameStart = start.isEmpty ? here.start.isEmpty && host == here.host : start == here.start
        guard isSameStart else { return host == here.host ? .dead : .unknown }
        // Leases of schema 1 do not name their table of processes.
        guard boot == here.boot || !boot.contains(" ") else { return .unknown }
        return ProcessTable.start(of: processIdentifier) == processStart ? .alive : .dead
    }

    /// Whether the holder is known to be gone.
    public func isDead(seenFrom here: Lease) -> Bool { life(seenFrom: here) == .dead }

    /// What is said of a holder that is gone.
    var endWithoutAWord: String { "process \(processIdentifier) on \(host) ended without a word" }

    /// The host's start without the table of processes.
    private var start: Substring { boot.prefix { $0 != " " } }
}

/// What the system says about its processes.
enum ProcessTable {
    /// The identifier of the host's current start (`/proc/sys/kernel/random/boot_id`), and that of the table of
    /// processes that this one sees (`/proc/self/ns/pid`); empty where there is none.
    static var boot: String {
        guard let data = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id") else { return "" }
        let start = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        do {
            return start + " " + (try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid"))
        } catch {
            return start
        }
    }

    /// The start of a living process in clock ticks since the host started; nil where there is no such process or it
    /// is only waiting to be collected. On a system without `/proc` every living process gives 0.
    static func start(of process: Int) -> Int? {
        guard FileManager.default.fileExists(atPath: "/proc/self/stat") else {
            guard let number = pid_t(exactly: process) else { return nil }
            return kill(number, 0) == 0 || errno == EPERM ? 0 : nil
        }
        guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
        return start(inStat: String(decoding: data, as: UTF8.self))
    }

    /// Field 22 of a `/proc/PID/stat` line. The second field is the command in parentheses and may itself hold spaces
    /// and parentheses, so fields are counted from the last closing one (proc(5)).
    static func start(inStat line: String) -> Int? {
        guard let close = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: close)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return Int(fields[19])
    }
}
