import Foundation

/// A terminal of its own, in tmux, in which a line of shell runs.
final class Terminal {
    /// Where tmux is, or nil.
    static let program: URL? = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }.map { URL(fileURLWithPath: $0) }

    private let socket = "ablate-\(UUID().uuidString)"
    private let sandbox: Sandbox

    /// Runs the line, in which `$ABLATE` is the program, in the sandbox's folder; `[end N]` stands on the screen when
    /// it has ended with code N.
    init(_ sandbox: Sandbox, width: Int = 80, height: Int = 24, _ line: String) throws {
        self.sandbox = sandbox
        let script = "\(line); echo \"[end $?]\"; sleep 60"
        try tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", "\(width)", "-y", "\(height)", "env", "LC_ALL=C.UTF-8",
            "ABLATE=\(Sandbox.program.path)", "bash", "-c", script)
    }

    deinit {
        do {
            try tmux("kill-server")
        } catch {
            print("tmux goes on: \(error)")
        }
    }

    /// What is on the screen, without empty lines at its end.
    func screen() throws -> [String] { try lines("capture-pane", "-p") }

    /// The screen and everything that has been scrolled out of it.
    func history() throws -> [String] { try lines("capture-pane", "-p", "-S", "-") }

    func resize(_ width: Int, _ height: Int) throws {
        try tmux("resize-window", "-x", "\(width)", "-y", "\(height)")
    }

    func press(_ key: String) throws {
        try tmux("send-keys", key)
    }

    /// The first screen of which this is true; nil when there is none within a minute or after the line has ended.
    func waits(until condition: ([String]) -> Bool) throws -> [String]? {
        let deadline = Date.now + 60
        while Date.now < deadline {
            let screen = try screen()
            if condition(screen) { return screen }
            if screen.contains(where: { $0.hasPrefix("[end ") }) { return nil }
            Thread.sleep(forTimeInterval: 0.1)
        }
        return nil
    }

    private func lines(_ arguments: String...) throws -> [String] {
        var lines = try tmux(arguments).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

    /// tmux's server stays, and would hold open what Foundation gives its child to notice the child's end by.
    private func tmux(_ arguments: [String]) throws -> String {
        guard let program = Terminal.program else { return "" }
        let script = "for n in $(seq 3 99); do eval \"exec $n>&-\"; done; exec \"$0\" \"$@\""
        let all = ["-c", script, program.path, "-u", "-L", socket] + arguments
        return try sandbox.start(all, program: URL(fileURLWithPath: "/bin/bash")).end().output
    }
}
