import Testing

@testable import Results

/// Marginal means over placements, and the rungs of successive halving.
@Suite struct LandscapeTests {
    /// All two-block placements in a stage of four: a block at place 3 is worth 0.1, one at place 0 costs 0.05.
    private func entries(seeds: Int = 2) -> [Landscape.Entry] {
        [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]].map { places in
            let value = 0.5 + (places.contains(3) ? 0.1 : 0) - (places.contains(0) ? 0.05 : 0)
            return Landscape.Entry(
                row: "row \(places)", label: places.map(String.init).joined(separator: ","),
                values: Dictionary(uniqueKeysWithValues: (0..<seeds).map { ($0, value + 0.01 * Double($0)) }), epochs: 1
            )
        }
    }

    @Test func effectsOfPositions() throws {
        let landscape = try #require(
            Landscape(name: "any", metric: SummaryMetric(name: "accuracy"), epoch: 1, entries()))
        #expect(landscape.positions.map(\.place) == [0, 1, 2, 3])
        #expect(landscape.positions.allSatisfy { $0.count == 3 })
        let last = landscape.positions[3]
        // With place 3: (0.55 + 0.6 + 0.6)/3; without: (0.45 + 0.45 + 0.5)/3, and 0.005 of the seeds each.
        #expect(abs(last.with - (1.75 / 3 + 0.005)) < 1e-12)
        #expect(abs(last.without - (1.4 / 3 + 0.005)) < 1e-12)
        #expect(last.effect.values.allSatisfy { abs($0 - 0.35 / 3) < 1e-12 })
        #expect(landscape.positions[1].effect.mean ?? 0 < 0)
        let text = TableFormat.table.render(landscape.table(), style: TextStyle(width: 80))
        #expect(text.contains("block 3") && text.contains("│██████"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    /// All fillings of three places: the number of blocks decides, and a block at place 2 is worth 0.06 beside it.
    @Test func positionsDoNotStandForTheNumberOfBlocks() throws {
        let byNumber = [0.1, 0.8, 0.7, 0.6]
        let entries = (0..<8).map { filling in
            let places = (0..<3).filter { filling & (1 << $0) != 0 }
            let value = byNumber[places.count] + (places.contains(2) ? 0.06 : 0)
            return Landscape.Entry(
                row: "row \(places)", label: places.isEmpty ? "none" : places.map(String.init).joined(separator: ","),
                values: [0: value, 1: value + 0.01], epochs: 1)
        }
        let landscape = try #require(
            Landscape(name: "any", metric: SummaryMetric(name: "accuracy"), epoch: nil, entries))
        #expect(landscape.positions.map(\.count) == [3, 3, 3])
        // With place 0, one block: 0.8 against (0.8 + 0.86)/2; two blocks: (0.7 + 0.76)/2 against 0.76.
        for (position, expected) in zip(landscape.positions, [-0.03, -0.03, 0.06]) {
            #expect(position.effect.values.allSatisfy { abs($0 - expected) < 1e-12 }, "\(position)")
            #expect(abs(position.with - position.without - expected) < 1e-12)
        }
        #expect(landscape.table().subtitle?.contains("among placements of as many blocks") == true)
        let fixed = try #require(Landscape(name: "two", metric: landscape.metric, epoch: nil, self.entries()))
        #expect(fixed.table().subtitle?.contains("as many blocks") == false)
    }

    @Test func onlySharedSeedsCount() throws {
        var entries = entries(seeds: 3)
        entries[2].values[1] = nil
        let landscape = try #require(
            Landscape(name: "any", metric: SummaryMetric(name: "accuracy"), epoch: nil, entries))
        #expect(landscape.seeds == [0, 2])
        entries[1].values = [1: 0.5]
        #expect(Landscape(name: "any", metric: SummaryMetric(name: "accuracy"), epoch: nil, entries) == nil)
        #expect(Landscape(name: "any", metric: SummaryMetric(name: "accuracy"), epoch: nil, [entries[0]]) == nil)
    }

    @Test func whatHalvingCameToIsATable() throws {
        let store = try NumberSample.halved.store()
        let summary = try Summary(store.reader, experiment: "hybrid-pattern")
        let table = try #require(summary.bracket).table()
        #expect(table.columns.map(\.name) == ["row", "epoch_1", "epoch_2", "stopped_after"])
        #expect(table.rows.count == 6)
        // Those that came furthest stand first, the best before the others.
        #expect(table.rows.map { $0[3].value } == [.empty, .empty, .empty, .integer(2), .integer(1), .integer(1)])
        let text = summary.render(.table)
        #expect(text.contains("Successive halving") && text.contains("stopped\n"))
        try Samples.remove(store.path)
    }

    @Test func labelsOfPlacements() {
        #expect(Landscape.places("4,5,6,7") == [[4, 5, 6, 7]])
        #expect(Landscape.places("0 | 10,3") == [[0], [10, 3]])
        #expect(Landscape.places("none") == [[]])
    }

    @Test func bars() {
        #expect(Landscape.bar(1, largest: 1) == "      │██████")
        #expect(Landscape.bar(-0.5, largest: 1) == "   ███│      ")
        #expect(Landscape.bar(0, largest: 0) == "      │      ")
    }

    @Test func rungs() {
        #expect(HalvingPlan(epochs: 9).epochs == [1, 3, 9])
        #expect(HalvingPlan(epochs: 10).epochs == [1, 3, 10])
        #expect(HalvingPlan(epochs: 2).epochs == [1, 2])
        #expect(HalvingPlan(epochs: 16, keep: 0.5).epochs == [4, 8, 16])
        #expect(HalvingPlan(epochs: 9).kept(of: 70) == 24)
        #expect(HalvingPlan(epochs: 9).kept(of: 24) == 8)
        #expect(HalvingPlan(epochs: 9).kept(of: 1) == 1)
    }

    @Test func theBestGoOnAndNamedRowsTakeNoPlace() {
        let rows: [(name: String, value: Double?)] = [
            ("reference", 0.1), ("b", 0.7), ("c", 0.9), ("diverged", nil), ("e", 0.8), ("f", 0.7), ("g", 0.2),
        ]
        let plan = HalvingPlan(epochs: 9)
        let outcomes = RungOutcome.decide(rows, always: ["reference"], plan: plan, higherIsBetter: true)
        #expect(
            outcomes.map(\.decision) == [.always, .stopped, .promoted, .stopped, .promoted, .stopped, .stopped])
        #expect(outcomes.map(\.place) == [6, 3, 1, nil, 2, 4, 5])
        let errors = RungOutcome.decide(rows, always: [], plan: plan, higherIsBetter: false)
        #expect(errors.filter { $0.decision == .promoted }.map(\.row) == ["reference", "b", "g"])
    }
}
