import Foundation
import FuzzTargets
import Testing

/// Every command answers a database with a damaged value in words and with a documented exit code.
@Suite struct DamagedValueTests {
    private static let commands = [
        "status", "status small", "status other --format json", "results", "results small --columns row,wall_seconds",
        "results --group-by experiment,row --columns value,wall_seconds", "summary small",
        "summary other --format json",
        "summary small --pareto --metric loss", "report small", "report other -o page.html", "compare small other",
        "show small/none/0", "why small.yaml", "why small/none/0", "plan small.yaml", "plan other.yaml",
        "check small.yaml", "retry --preview", "doctor", "gc", "sql 'SELECT * FROM v_summary'",
        "snapshot -o copy.sqlite",
        "remove small/none/0", "restore --experiment small --row none", "verify small/none/0",
    ]

    /// One command and one value for each column; with ABLATE_DAMAGE_ALL=1 each with each.
    @Test func everyColumnIsDamaged() throws {
        let sandbox = try Sandbox()
        for (name, text) in SmallDatabase.files { try sandbox.write(text, to: "\(name).yaml") }
        let path = sandbox.folder.appending(path: "damaged.sqlite").path
        let damaged = try DamagedValues(at: path)
        let isThorough = ProcessInfo.processInfo.environment["ABLATE_DAMAGE_ALL"] == "1"
        var refused = 0
        var asked = 0
        for (place, column) in damaged.columns.enumerated() {
            let values = isThorough ? DamagedValues.values : [Self.pick(DamagedValues.values, place)]
            for value in values {
                let commands = isThorough ? Self.commands : [Self.pick(Self.commands, place * 5)]
                for command in commands {
                    try damaged.write(column, value, to: path)
                    let ending = try sandbox.shell("$ABLATE \(command) --database damaged.sqlite > output")
                    expectWords(ending, "\(command) with \(column) = \(value)")
                    asked += 1
                    refused += ending.status == 2 ? 1 : 0
                }
            }
        }
        #expect(refused > asked / 20 && refused < asked, "\(refused) of \(asked)")
    }

    private static func pick(_ list: [String], _ place: Int) -> String { list[place % list.count] }

    private func expectWords(_ ending: Sandbox.Ending, _ comment: String) {
        #expect([0, 1, 2].contains(ending.status), "\(comment): \(ending.status) \(ending.error)")
        guard ending.status == 2 else { return }
        // `verify` has trained by then, and has said so.
        let lines = ending.error.split(whereSeparator: \.isNewline)
            .filter { !$0.hasPrefix("ablate: warning") && !$0.contains("seed 0: ") }
        #expect(lines.count == 1 && lines[0].hasPrefix("ablate: error: "), "\(comment): \(ending.error)")
    }
}
