import Foundation
import Testing

/// What a finished sweep has to show, without what depends on the machine's mood.
struct SoakOutcome {
    /// The summary as JSON, without times and the memory of a process.
    let summary: [String]
    /// Every epoch of every trial.
    let curves: [String]

    private static let moody = ["wall_seconds", "training_throughput", "inference_throughput", "peak_resident_bytes"]

    init(_ sandbox: Sandbox) throws {
        let ending = try sandbox.ablate("summary", "small", "--format", "json")
        #expect(ending.status == 0, "\(ending.error)")
        summary = try Self.steady(ending.output)
        curves = try sandbox.ablate(
            "sql",
            """
            SELECT "row", seed, epoch, split, metric, part, value, learning_rate, gradient_norm FROM v_curves
            ORDER BY "row", seed, epoch, split, metric, part
            """, "--format", "csv"
        ).lines
        #expect(summary.count > 50 && curves.count > 50)
    }

    /// The summary's lines without what depends on the machine's mood: speeds, times, fronts over them, and the note on them.
    private static func steady(_ text: String) throws -> [String] {
        let whole = try JSONSerialization.jsonObject(with: Data(text.utf8))
        var summary = try #require(without(whole) as? [String: Any])
        let fronts = try #require(summary["fronts"] as? [[String: Any]])
        summary["fronts"] = fronts.filter { front in !moody.contains { $0 == front["cost"] as? String } }
        let notes = try #require(summary["notes"] as? [String])
        summary["notes"] = notes.filter { !$0.hasPrefix("Networks of one size differ in speed") }
        let data = try JSONSerialization.data(withJSONObject: summary, options: [.prettyPrinted, .sortedKeys])
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func without(_ value: Any) -> Any {
        switch value {
        case let object as [String: Any]: object.filter { !moody.contains($0.key) }.mapValues(without)
        case let list as [Any]: list.map(without)
        default: value
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
