import Foundation
import Training

/// Measures on request, so that another program can let this one and its own take turns: `ablate bench --on-request`.
///
/// Says `{"ready": NAME, "multiply_accumulates": …}`, those of one image's forward pass, after the warm-up, answers each line `steps N` with `{"seconds": [...]}`, the times of N steps,
/// and says `{"peak_resident_bytes": …}` at the end of its input.
struct BenchmarkServer {
    private struct Ready: Encodable {
        let ready: String
        let multiplyAccumulates: Int

        enum CodingKeys: String, CodingKey {
            case ready
            case multiplyAccumulates = "multiply_accumulates"
        }
    }

    private let subject: BenchmarkSubject

    /// - Throws: `Refusal` unless there is one network and one kind of work.
    init(_ subjects: [BenchmarkSubject]) throws {
        guard let subject = subjects.first, subjects.count == 1 else {
            throw Refusal(
                "--on-request measures one network and one kind of work, and \(subjects.count) are asked for",
                remedy: "Name one layout, and --work training or --work inference")
        }
        self.subject = subject
    }

    func run(threads: Int, recomputes: Bool, warmup: Int) throws {
        let benchmark = try subject.benchmark(threads: threads, recomputes: recomputes)
        _ = try benchmark.seconds(ofSteps: warmup)
        try say(Ready(ready: subject.name, multiplyAccumulates: subject.multiplyAccumulates()))
        while let line = readLine() {
            try say(["seconds": benchmark.seconds(ofSteps: steps(line))])
        }
        try say(["peak_resident_bytes": BenchmarkMemory.peakResidentBytes])
    }

    private func steps(_ line: String) throws -> Int {
        let words = line.split(separator: " ")
        guard words.count == 2, words[0] == "steps", let count = Int(words[1]), (1...100_000).contains(count) else {
            throw Refusal("\"\(line)\" is no request", remedy: "Write `steps N`, N from 1 to 100000")
        }
        return count
    }

    private func say(_ answer: some Encodable) throws {
        Console.standardOutput.write(String(decoding: try EventCoding.line(answer), as: UTF8.self))
    }
}
