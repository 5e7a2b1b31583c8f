import Foundation
import Testing

/// What a finished sweep has to show, without what depends on the machine's mood.
struct SoakOutcome {
    /// The summary as JSON, without the lines that hold times and the memory of a process.
    let summary: [String]
    /// Every epoch of every trial.
    let curves: [String]

    private static let moody = ["wall_seconds", "training_throughput", "inference_throughput", "peak_resident_bytes"]

    init(_ sandbox: Sandbox) throws {
        let ending = try sandbox.ablate("summary", "small", "--format", "json")
        #expect(ending.status == 0, "\(ending.error)")
        summary = Self.steady(ending.lines)
        curves = try sandbox.ablate(
            "sql",
            """
            SELECT "row", seed, epoch, split, metric, part, value, learning_rate, gradient_norm FROM v_curves
            ORDER BY "row", seed, epoch, split, metric, part
            """, "--format", "csv"
        ).lines
        #expect(summary.count > 50 && curves.count > 50)
    }

    /// The lines without what depends on the machine's mood; where that is the cost of a front, its rows follow it.
    private static func steady(_ lines: [String]) -> [String] {
        var isInMoodyFront = false
        return lines.filter { line in
            if moody.contains(where: { line.contains("\"\($0)\"") }) {
                isInMoodyFront = isInMoodyFront || line.contains("\"cost\"")
                return false
            }
            if isInMoodyFront && !line.contains("on_front") && !line.contains("\"rows\"") { isInMoodyFront = false }
            return !isInMoodyFront
        }
    }

    /// Compares a sweep that was disturbed, and looks for whatever it may have left behind.
    func check(_ sandbox: Sandbox) throws {
        let found = try SoakOutcome(sandbox)
        #expect(found.summary == summary)
        #expect(found.curves == curves)
        let twice = """
            SELECT count(*) FROM (SELECT 1 FROM attempt WHERE state = 'done' GROUP BY trial HAVING count(*) > 1)
            """
        #expect(try sandbox.count(twice) == 0, "trials were trained twice to completion")
        #expect(try sandbox.count("SELECT count(*) FROM attempt WHERE state = 'running'") == 0, "zombie rows")
        let wrong = """
            SELECT count(*) FROM trial t LEFT JOIN attempt a ON a.id = t.selected_attempt AND a.trial = t.identity
            WHERE a.state IS NOT 'done' OR a.ended_at IS NULL
            """
        #expect(try sandbox.count(wrong) == 0, "results that are none")
        let left = sandbox.contents.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") }
        #expect(left == ["results", "results/ablate.sqlite", "small.yaml"], "stray files")
        #expect(sandbox.processes.isEmpty, "stray processes")
    }
}

extension Sandbox {
    /// The processes that work in the sandbox's folder; those that are ending get a moment for it.
    var processes: [Int32] {
        var found: [Int32] = []
        for _ in 0..<100 {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            found = names.compactMap { Int32($0) }.filter { process in
                let path = "/proc/\(process)/cwd"
                return (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == folder.path
            }
            if found.isEmpty { return [] }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return found
    }
}
