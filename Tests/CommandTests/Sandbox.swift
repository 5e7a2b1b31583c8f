import Foundation

/// An empty folder in which the built program is run; it goes when the test ends.
final class Sandbox {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("the folder \(folder.path) stays: \(error)")
        }
    }

    /// What a finished program left behind.
    struct Ending {
        /// The exit code, or 128 and the signal's number.
        var status: Int32
        var output: String
        var error: String
        var lines: [String] { output.split(whereSeparator: \.isNewline).map(String.init) }
    }

    /// Whether a sanitizer is built into everything (`make sanitize`): its needs are in the way of some limits.
    static let isSanitized = ProcessInfo.processInfo.environment["ABLATE_SANITIZED"] != nil

    /// The program beside the test bundle.
    static let program: URL = {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).standardizedFileURL
        var folder = tests.deletingLastPathComponent()
        while folder.path != "/" {
            let program = folder.appendingPathComponent("ablate")
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: program.path, isDirectory: &isFolder), !isFolder.boolValue {
                return program
            }
            folder.deleteLastPathComponent()
        }
        preconditionFailure("there is no program beside \(tests.path)")
    }()

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: folder.appendingPathComponent(name))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }

    /// The names of everything in the folder and below, sorted; without the program's own output files.
    var contents: [String] { names(in: "").filter { !$0.hasPrefix(".") }.sorted() }

    /// Goes into other file systems too, which the system's own enumeration does not.
    private func names(in place: String) -> [String] {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(place).path)
            return names.map { place + $0 }.flatMap { [$0] + self.names(in: $0 + "/") }
        } catch {
            return []
        }
    }

    /// Runs the program to its end.
    func ablate(_ arguments: String..., environment: [String: String] = [:]) throws -> Ending {
        try start(arguments, environment: environment).end()
    }

    /// Runs a line of shell, in which `$ABLATE` is the program.
    func shell(_ line: String) throws -> Ending {
        try start(["-c", line], program: URL(fileURLWithPath: "/bin/bash")).end()
    }

    /// Starts the program; its output goes to hidden files, so that no full pipe can block it.
    func start(
        _ arguments: [String], program: URL = Sandbox.program, environment: [String: String] = [:]
    ) throws -> Running {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var variables = ProcessInfo.processInfo.environment.filter { $0.key != "ABLATE_DATABASE" }
        variables["ABLATE"] = Sandbox.program.path
        process.environment = variables.merging(environment) { $1 }
        let name = ".\(UUID().uuidString)"
        process.standardOutput = try file(name + ".out")
        process.standardError = try file(name + ".err")
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return Running(sandbox: self, process: process, name: name)
    }

    private func file(_ name: String) throws -> FileHandle {
        try write("", to: name)
        return try FileHandle(forWritingTo: folder.appendingPathComponent(name))
    }

    /// A program that has been started.
    struct Running {
        let sandbox: Sandbox
        let process: Process
        let name: String

        var error: String {
            get throws { try sandbox.read(name + ".err") }
        }

        func send(_ signal: Int32) {
            kill(process.processIdentifier, signal)
        }

        /// Waits until standard error holds the text; false where the program ends without it.
        func waits(for text: String) throws -> Bool {
            while try !error.contains(text) {
                if !process.isRunning { return try error.contains(text) }
                Thread.sleep(forTimeInterval: 0.02)
            }
            return true
        }

        func end() throws -> Ending {
            process.waitUntilExit()
            let base: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
            return Ending(
                status: base + process.terminationStatus, output: try sandbox.read(name + ".out"), error: try error)
        }

        /// The process identifiers of the workers that this program has started.
        func workers() throws -> [Int32] {
            let path = "/proc/\(process.processIdentifier)/task"
            let threads = try FileManager.default.contentsOfDirectory(atPath: path)
            return try threads.flatMap { thread in
                let children = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(thread)/children"))
                return String(decoding: children, as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
            }
        }
    }
}
