import Results

/// Lines at the end of a terminal's text that are drawn again and again in their place.
///
/// A terminal that becomes narrower breaks the lines that no longer fit, so their number is counted anew, with the
/// width of the moment, each time they are taken back.
struct LiveBlock: Sendable {
    private let console: Console
    /// How many cells each line takes that stands there now.
    private var widths: [Int] = []

    init(_ console: Console) {
        self.console = console
    }

    /// Draws the lines in place of those that were there.
    mutating func draw(_ lines: [String]) {
        replace(with: lines, above: "")
    }

    /// Writes text that stays, above the lines.
    mutating func write(above text: String, then lines: [String]) {
        replace(with: lines, above: text)
    }

    /// Takes the lines away.
    mutating func clear() {
        replace(with: [], above: "")
    }

    /// Leaves what is there and begins below it: somebody else may have written to the terminal meanwhile.
    mutating func forget() {
        if !widths.isEmpty { console.write("\r\n") }
        widths = []
    }

    private mutating func replace(with lines: [String], above text: String) {
        // One write, so that nobody sees half of it.
        console.write(eraser + text + lines.joined(separator: "\r\n"))
        widths = lines.map(LiveBlock.width)
    }

    /// Clears the lines one by one; the cursor goes from the end of the last to the beginning of the first.
    ///
    /// Clearing to the end of the screen in one go would make tmux keep each picture in its history, wherever the first
    /// line is the screen's.
    private var eraser: String {
        guard !widths.isEmpty else { return "" }
        let columns = max(1, console.width)
        let rows = widths.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
        let up = rows > 1 ? "\u{1b}[\(rows - 1)A" : ""
        let clear = Array(repeating: "\u{1b}[2K", count: rows).joined(separator: "\u{1b}[B")
        return "\r" + up + clear + up
    }

    /// Cells of a line without its colours.
    private static func width(_ line: String) -> Int {
        VisibleText.width(line.replacing(#/\x1b\[[0-9;]*m/#, with: ""))
    }
}
