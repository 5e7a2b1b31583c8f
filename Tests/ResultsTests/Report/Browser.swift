import Foundation

/// Chromium without a window, where it is installed (`make test-report` installs it).
enum Browser {
    static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    struct Visit {
        /// What each copy of the page reported, one line of JSON each.
        var reports: [Data]
        /// Lines of the browser's console.
        var console: [String]
    }

    /// Opens the page in frames of these widths, runs `probe` in each once it is loaded, and gives what it returns.
    static func visit(_ page: String, widths: [Int], isDark: Bool, probe: String) throws -> Visit {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { remove(folder) }
        // Frames, because a window is never narrower than 500 pixels.
        let script = """
            <script>addEventListener("load", () => setTimeout(() => {
              parent.postMessage(JSON.stringify((() => { \(probe) })()), "*");
            }, 0));</script></body>
            """
        try Data(page.replacing("</body>", with: script).utf8).write(to: folder.appendingPathComponent("page.html"))
        let frames = widths.map { "<iframe src=\"page.html\" width=\"\($0)\" height=\"900\"></iframe>" }
        let frame = """
            <!DOCTYPE html><meta charset="utf-8"><title>frames</title>
            <script>addEventListener("message", event => {
              const line = document.createElement("code");
              line.textContent = btoa(unescape(encodeURIComponent(event.data)));
              document.body.append(line);
            });</script><body>\(frames.joined())</body>
            """
        try Data(frame.utf8).write(to: folder.appendingPathComponent("frames.html"))
        let (output, talk) = try run(folder.appendingPathComponent("frames.html"), folder, isDark)
        return Visit(
            reports: output.matches(of: #/<code>([A-Za-z0-9+\/=]+)</code>/#).compactMap {
                Data(base64Encoded: String($0.1))
            },
            console: talk.split(separator: "\n").map(String.init).filter { $0.contains("CONSOLE") })
    }

    private static func run(_ page: URL, _ folder: URL, _ isDark: Bool) throws -> (output: String, talk: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "")
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr",
            "--user-data-dir=\(folder.path)/profile", "--virtual-time-budget=5000", "--window-size=2100,1000",
            "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--dump-dom", page.absoluteString,
        ]
        let streams = ["out", "err"].map { folder.appendingPathComponent($0) }
        for stream in streams { try Data().write(to: stream) }
        process.standardOutput = try FileHandle(forWritingTo: streams[0])
        process.standardError = try FileHandle(forWritingTo: streams[1])
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let texts = try streams.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return (texts[0], texts[1])
    }

    private static func remove(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("the folder \(folder.path) stays: \(error)")
        }
    }
}
