import Files
import Results

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One of the program's two streams: standard output for data, standard error for talk.
struct Console: Sendable {
    static let standardOutput = Console(descriptor: STDOUT_FILENO)
    static let standardError = Console(descriptor: STDERR_FILENO)

    let descriptor: Int32

    /// Whether a person looks at it.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Whether lines may be coloured: on a terminal that can, unless `NO_COLOR` is set (no-color.org).
    var hasColour: Bool {
        isTerminal && !Variables.isSet("NO_COLOR") && Variables.value("TERM") != "dumb"
    }

    /// Whether what was written can be taken back: on a terminal that knows how.
    var canRedraw: Bool { isTerminal && Variables.value("TERM") != "dumb" }

    /// Columns of the terminal; 80 where nobody knows.
    var width: Int { size.width }

    /// Columns and lines of the terminal; 80 and 24 where nobody knows.
    var size: (width: Int, height: Int) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
        return (Int(size.ws_col), size.ws_row > 0 ? Int(size.ws_row) : 24)
    }

    /// Sentences for a person: on a terminal broken between words, elsewhere as they are.
    func wrapped(_ text: String) -> String {
        guard isTerminal else { return text }
        let width = width
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            VisibleText.width(String(line)) <= width
                ? String(line) : VisibleText.wrap(String(line), to: width, indent: "  ").joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// Writes the text whole. A reader who has gone (`| head`) ends the program quietly through SIGPIPE; where that
    /// signal is ignored, as in a run that must go on without its terminal, the rest is dropped.
    func write(_ text: String) {
        write(Array(text.utf8))
    }

    func write(_ bytes: [UInt8]) {
        do {
            try FileOutput(descriptor: descriptor, name: "the console").write(bytes)
        } catch {
            giveUp(error)
        }
    }

    /// Data that can't be written, to a full disk say, must not look like success; talk can be done without.
    private func giveUp(_ error: SystemError) {
        guard descriptor == STDOUT_FILENO, error.code != EPIPE, error.code != EIO else { return }
        Console.standardError.write(
            "ablate: error: standard output can't be written: \(error.reason). Choose another place for it, or free space.\n"
        )
        exit(ExitStatus.unable)
    }
}

/// The environment's variables.
enum Variables {
    static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Whether the variable is there and not empty.
    static func isSet(_ name: String) -> Bool {
        value(name)?.isEmpty == false
    }
}
