import Foundation
import Testing

/// `ablate bench`: its tables, and its answers to another program.
@Suite struct BenchTests {
    private static let small = ["C | C | M A", "--width", "8", "--batch", "2", "--warmup", "0", "--repeats", "1"]

    private func rows(_ ending: Sandbox.Ending) throws -> [[String: Any]] {
        try ending.output.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    @Test func theProfileAloneGoesToOtherPrograms() throws {
        let line = BenchTests.small.map { "'\($0)'" }.joined(separator: " ")
        let ending = try Sandbox().shell("\"$ABLATE\" bench \(line) --work training --profile --format jsonl")
        let rows = try rows(ending)
        let linear = try #require(rows.first { $0["operation"] as? String == "linear" })
        #expect((linear["gigaflops"] as? Double ?? 0) > 0 && (linear["bytes"] as? Double ?? 0) > 0)
        #expect(rows.last?["operation"] as? String == "between operations")
        let shares = rows.compactMap { $0["share"] as? Double }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
        let people = try Sandbox().shell("\"$ABLATE\" bench \(line) --profile")
        #expect(people.output.contains("img/s") && people.output.contains("inference: one step of 2 images"))
        #expect(people.output.contains("training: one step of 2 images"))
    }

    @Test func aTrialsOwnStepsAreMeasured() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        let ending = try sandbox.ablate(
            "bench", "small.yaml", "--data", "--batch", "8", "--repeats", "2", "--warmup", "1", "--profile", "--format",
            "jsonl")
        let names = try rows(ending).compactMap { $0["operation"] as? String }
        #expect(names.contains("waiting for data") && names.contains("optimizer"))
    }

    @Test func requestsAreAnsweredOneByOne() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        let server = "\"$ABLATE\" bench small.yaml --row last --work inference --batch 2 --warmup 1 --on-request"
        let answers = try rows(sandbox.shell("printf 'steps 2\\nsteps 1\\n' | \(server)"))
        #expect(answers.count == 4 && (answers[0]["multiply_accumulates"] as? Int ?? 0) > 0)
        #expect(answers[1...2].map { ($0["seconds"] as? [Double])?.count } == [2, 1])
        #expect((answers[3]["peak_resident_bytes"] as? Int ?? 0) > 1_000_000)
        let refused = try sandbox.shell("echo 'steps many' | \(server)")
        #expect(refused.status == 2 && refused.error.contains("\"steps many\" is no request"))
    }
}
