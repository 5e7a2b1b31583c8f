import Foundation
import Testing

/// Files of a data set that are missing, cut short, or not those of before.
@Suite struct DataFaultTests {
    private static let text = SmallExperiment.text(seeds: 2, epochs: 6)
        .replacing(#/\{name: recall-grid.*\}/#, with: "{name: idx, path: data, validation: 4}")
        .replacing("strides: [2, 2]", with: "strides: [1, 2]")

    /// An IDX file: `shape`, then bytes that depend on `shift`.
    private func idx(_ shape: [Int], shift: Int, below limit: Int = 256) -> [UInt8] {
        let header = shape.flatMap { length in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } }
        let body = (0..<shape.reduce(1, *)).map { UInt8(truncatingIfNeeded: ($0 * 7 + $0 / 5 + shift) % limit) }
        return [0, 0, 8, UInt8(shape.count)] + header + body
    }

    private func writeData(_ sandbox: Sandbox, shift: Int = 0) throws {
        _ = try sandbox.shell("mkdir -p data")
        for (split, count) in [("train", 132), ("t10k", 16)] {
            try sandbox.write(idx([count, 16, 16], shift: shift), to: "data/\(split)-images-idx3-ubyte")
            try sandbox.write(idx([count], shift: 0, below: 4), to: "data/\(split)-labels-idx1-ubyte")
        }
    }

    private func sandbox() throws -> Sandbox {
        let sandbox = try Sandbox()
        try sandbox.write(Self.text, to: "small.yaml")
        try writeData(sandbox)
        return sandbox
    }

    @Test(arguments: [
        ("rm data/t10k-labels-idx1-ubyte", "there is no file data/t10k-labels-idx1-ubyte"),
        ("truncate -s 1000 data/train-images-idx3-ubyte", "ends too early"),
        ("truncate -s 9 data/train-labels-idx1-ubyte", "ends too early"),
        ("echo more >> data/train-images-idx3-ubyte", "longer than its header says"),
        ("gzip -k data/train-images-idx3-ubyte; truncate -s -20 data/train-images-idx3-ubyte.gz", "break off"),
        ("rm -r data; echo > data", "data/train-images-idx3-ubyte"),
    ])
    func filesThatAreNotWhole(_ fault: String, _ words: String) throws {
        let sandbox = try sandbox()
        _ = try sandbox.shell(fault)
        let ending = try sandbox.ablate("run", "small.yaml")
        #expect(ending.status == 2)
        #expect(ending.error.contains("small.yaml:5:") && ending.error.contains(words), "\(ending.error)")
        #expect(!sandbox.contents.contains("results"), "no database is made for nothing")
    }

    /// Other files are other trials: no result of the old ones is taken for theirs, and none is lost.
    @Test func filesThatAreReplacedBetweenRuns() throws {
        let sandbox = try sandbox()
        #expect(try sandbox.ablate("run", "small.yaml", "-q").status == 0)
        let first = try sandbox.outcomes()
        try writeData(sandbox, shift: 3)
        #expect(try sandbox.ablate("plan", "small.yaml").output.contains("4 trials: 0 done, 4 to run."))
        #expect(try sandbox.ablate("run", "small.yaml", "-q").status == 0)
        let second = try sandbox.outcomes()
        #expect(Set(first.dropFirst()).isDisjoint(with: second.dropFirst()) && first.count == second.count)
        try writeData(sandbox)
        #expect(try sandbox.ablate("run", "small.yaml").error.contains("Nothing to run: 4 of 4 trials done."))
        #expect(try sandbox.outcomes() == first)
    }

    @Test func filesThatAreReplacedDuringARun() throws {
        let sandbox = try sandbox()
        let running = try sandbox.start(["run", "small.yaml", "--jobs", "1"])
        #expect(try running.waits(for: "epoch 1/6"))
        try writeData(sandbox, shift: 3)
        let ending = try running.end()
        #expect(ending.status == 1, "\(ending.error)")
        let messages = try sandbox.ablate(
            "sql", "SELECT DISTINCT message FROM v_trials WHERE state = 'failed' AND reason = 'data'", "--format", "csv"
        ).output
        #expect(messages.contains("have the digest"), "\(messages)\n\(ending.error)")
        #expect(try sandbox.count("SELECT count(*) FROM trial WHERE state NOT IN ('done', 'failed')") == 0)
    }
}
