import Foundation
import Testing

/// What a person sees in a terminal: the live table of a run, and what it leaves behind.
@Suite(.enabled(if: Terminal.program != nil), .serialized) struct TerminalTests {
    private static let text = SmallExperiment.text(seeds: 2, epochs: 400, examples: 256)

    private func run(_ sandbox: Sandbox, width: Int = 80, height: Int = 24) throws -> Terminal {
        try sandbox.write(Self.text, to: "small.yaml")
        return try Terminal(sandbox, width: width, height: height, "\"$ABLATE\" run small.yaml --jobs 2")
    }

    /// Whether the screen ends with the table of two running trials and its bar, whole and with nothing else in between.
    ///
    /// Above it may stand the heading of an earlier picture: lines that become longer than a narrower screen are pushed
    /// out of it by the terminal, and come back when it is wide again.
    private func isTable(_ screen: [String]) -> Bool {
        guard let first = screen.lastIndex(where: { $0.hasPrefix("row") }) else { return false }
        let table = screen[first...]
        return table.count == 5 && table[first + 1].allSatisfy { $0 == "─" }
            && Set(table[(first + 2)...(first + 3)].map { $0.prefix(5) }) == ["last ", "first"]
            && table[first + 4].hasPrefix("[") && table[first + 4].contains("%")
    }

    @Test func theTableStaysInItsPlaceWhateverTheSize() throws {
        let sandbox = try Sandbox()
        let terminal = try run(sandbox)
        let first = try #require(try terminal.waits(until: { isTable($0) && $0.joined().contains("0.") }))
        let heading = try #require(first.first { $0.hasPrefix("row") })
        #expect(heading.split(separator: " ") == ["row", "seed", "epoch", "loss", "validation", "img/s", "left"])
        for (width, height) in [(44, 24), (100, 30), (30, 12), (80, 24)] {
            try terminal.resize(width, height)
            let screen = try terminal.waits { screen in
                isTable(screen) && (screen.last { $0.hasPrefix("row") } ?? "").contains("img/s") == (width > 50)
            }
            #expect(try #require(screen, "\(width)×\(height)").allSatisfy { $0.count <= width })
        }
        try terminal.resize(80, 5)
        _ = try #require(try terminal.waits { screen in screen.contains { $0.contains("epoch") && $0.contains("%") } })
        try terminal.press("C-c")
        let end = try #require(try terminal.waits { $0.contains { $0.hasPrefix("[end ") } })
        #expect(end.contains("[end 130]"))
    }

    @Test func theEndLeavesTheSummaryAndOneLineForEachTrial() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        let terminal = try Terminal(sandbox, "\"$ABLATE\" run small.yaml")
        _ = try #require(try terminal.waits { $0.contains { $0.hasPrefix("[end ") } })
        let history = try terminal.history()
        #expect(history.contains("[end 0]"), "\(history)")
        #expect(history.count { $0.contains(": done, test accuracy") } == 4, "\(history)")
        #expect(
            !history.contains { $0.contains("░") || $0.contains("img/s") && $0.hasPrefix("row") && $0.contains("left") }
        )
        #expect(history.contains { $0.hasPrefix("small: Does the program") })
        #expect(history.allSatisfy { $0.count <= 80 })
    }

    @Test func anInterruptionLeavesACleanScreen() throws {
        let sandbox = try Sandbox()
        let terminal = try run(sandbox)
        _ = try #require(try terminal.waits(until: isTable))
        try terminal.press("C-c")
        let end = try #require(try terminal.waits { $0.contains { $0.hasPrefix("[end ") } })
        #expect(end.contains("[end 130]") && end.contains { $0.contains("Run it again to go on.") }, "\(end)")
        #expect(!end.contains { $0.contains("░") || $0.hasPrefix("row ") }, "\(end)")
    }

    @Test func whatHasNotBegunIsWaitedFor() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        let watch = try sandbox.start(["status", "small", "--watch", "--interval", "0.2", "--format", "csv"])
        #expect(try watch.waits(for: "waiting for the database results/ablate.sqlite"))
        try sandbox.ablate("run", "small.yaml", "-q").isFine()
        let ending = try watch.end()
        #expect(ending.status == 0 && ending.output.contains("done"), "\(ending.error)")
        let other = try sandbox.start(["status", "other", "--watch"])
        #expect(
            try other.waits(for: "waiting for an experiment called other in results/ablate.sqlite, which has small"))
        other.send(SIGINT)
        #expect(try other.end().status == 130)
    }

    @Test func statusIsWatchedUntilTheEnd() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(epochs: 8, examples: 128), to: "small.yaml")
        let run = try sandbox.start(["run", "small.yaml"])
        #expect(try run.waits(for: "epoch 1/8"))
        let terminal = try Terminal(sandbox, "\"$ABLATE\" status small --watch --interval 0.2")
        _ = try #require(
            try terminal.waits { screen in
                screen.contains { $0.contains("running") && $0.hasPrefix("[") }
                    && screen.contains { $0.hasPrefix("row") }
            })
        #expect(try run.end().status == 0)
        _ = try #require(try terminal.waits { $0.contains { $0.hasPrefix("[end ") } })
        let history = try terminal.history()
        #expect(history.contains("[end 0]") && history.count { $0.contains(" done ") } == 4, "\(history)")
        #expect(!history.contains { $0.contains("█") }, "\(history)")
    }
}
