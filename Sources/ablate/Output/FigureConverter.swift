import Foundation

/// Makes PNG and PDF of SVG through librsvg's program (docs/decisions/0010-report-and-figures.md).
enum FigureConverter {
    static let program = "rsvg-convert"

    /// - Parameter format: `png`, at twice the figure's size, or `pdf`.
    static func convert(_ svg: String, to format: String) throws -> [UInt8] {
        guard let path = path else {
            throw Refusal(
                "\(format.uppercased()) needs the program \(program), which is not on the PATH",
                remedy: "apt-get install librsvg2-bin, or write SVG with --format svg")
        }
        let input = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-\(UUID().uuidString).svg")
        defer { unlink(input.path) }
        try OutputFile.write(Array(svg.utf8), to: input.path)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [
            "--format=\(format)", "--zoom=\(format == "png" ? 2 : 1)", "--background-color=white", input.path,
        ]
        let (output, complaint) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = complaint
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        let words = complaint.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0, !bytes.isEmpty else {
            throw Refusal(
                "\(program) failed: \(String(decoding: words.prefix(500), as: UTF8.self).split(separator: "\n").joined(separator: " "))",
                remedy: "Write SVG with --format svg and convert it by hand")
        }
        return Array(bytes)
    }

    /// The first such program on the PATH.
    private static var path: String? {
        (Variables.value("PATH") ?? "").split(separator: ":").map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
