import Experiments
import Testing

@Suite("Sweep")
struct SweepTests {
    private func experiment(_ text: String) throws -> Experiment {
        let outcome = FileOutcome(text)
        return try #require(outcome.experiment, "\(outcome.findings)")
    }

    @Test("Axes are crossed, the last one changing fastest, and rows are named by their values")
    func crossed() throws {
        let experiment = try experiment(
            minimal("sweep: {axes: {train.lr: [1e-3, 3e-3], train.batch: [64, 128]}}"))
        #expect(
            experiment.rows.map(\.name) == [
                "base train.lr=1e-3 train.batch=64", "base train.lr=1e-3 train.batch=128",
                "base train.lr=3e-3 train.batch=64", "base train.lr=3e-3 train.batch=128",
            ])
        #expect(experiment.rows.map(\.train.learningRate) == [1e-3, 1e-3, 3e-3, 3e-3])
        #expect(experiment.rows.map(\.train.batch) == [64, 128, 64, 128])
        #expect(
            experiment.rows[1].axes == [
                .init(name: "train.lr", value: "1e-3"), .init(name: "train.batch", value: "128"),
            ])
        #expect(experiment.rows.allSatisfy { $0.entry == "base" })
    }

    @Test("Paired axes go together")
    func paired() throws {
        let experiment = try experiment(
            minimal(
                """
                sweep:
                  axes: {train.lr: [1e-3, 3e-3], train.flip: [true, false], train.epochs: [4, 8]}
                  pair: [[train.lr, train.epochs]]
                """))
        #expect(
            experiment.rows.map { "\($0.train.epochs) \($0.train.flip)" } == ["4 true", "4 false", "8 true", "8 false"])
        #expect(experiment.rows[0].name == "base train.lr=1e-3 train.flip=true train.epochs=4")
    }

    @Test("Excluded combinations are left out, by value however it is spelt, and by row")
    func excluded() throws {
        let experiment = try experiment(
            """
            name: test
            layouts: {a: C | M, b: C | A}
            sweep:
              axes: {train.lr: [1e-3, 3e-3], train.epochs: [4, 8]}
              exclude: [{train.lr: 0.003, train.epochs: 8}, {layout: b, train.epochs: 4}]
            """)
        #expect(
            experiment.rows.map { "\($0.entry) \($0.train.learningRate) \($0.train.epochs)" }
                == ["a 0.001 4", "a 0.001 8", "a 0.003 4", "b 0.001 8"])
    }

    @Test("An axis of layouts goes to the layouts that use it, the same name twice is paired")
    func layoutAxes() throws {
        let experiment = try experiment(
            """
            name: test
            layouts:
              hybrid: C | M4 with A at last({k}) | M2 with A at last({k})
              plain: C | M4 | M2
            sweep: {axes: {k: [1, 1/2], train.lr: [1e-3, 2e-3]}}
            reference: plain train.lr=1e-3
            claims: [hybrid > plain]
            """)
        #expect(
            experiment.rows.map { "\($0.name): \($0.canonicalLayout)" } == [
                "hybrid k=1 train.lr=1e-3: C | M3 A | M A", "hybrid k=1 train.lr=2e-3: C | M3 A | M A",
                "hybrid k=1/2 train.lr=1e-3: C | M2 A2 | M A", "hybrid k=1/2 train.lr=2e-3: C | M2 A2 | M A",
                "plain train.lr=1e-3: C | M4 | M2", "plain train.lr=2e-3: C | M4 | M2",
            ])
        #expect(experiment.reference == "plain train.lr=1e-3")
        #expect(
            experiment.claims.map { "\($0.better) > \($0.worse)" } == [
                "hybrid k=1 train.lr=1e-3 > plain train.lr=1e-3", "hybrid k=1 train.lr=2e-3 > plain train.lr=2e-3",
                "hybrid k=1/2 train.lr=1e-3 > plain train.lr=1e-3", "hybrid k=1/2 train.lr=2e-3 > plain train.lr=2e-3",
            ])
    }

    @Test("Claims between rows that are named in full hold for these two, whatever values they have")
    func claimsBetweenValues() throws {
        func claims(_ claims: String) -> FileOutcome {
            FileOutcome(
                """
                name: test
                layouts: {one: "C | {mix}2", two: "C | {mix} C"}
                sweep: {axes: {mix: [M, A], train.lr: [1e-3, 2e-3]}}
                claims: [\(claims)]
                """)
        }
        let full = try #require(
            claims(
                "one mix=A train.lr=1e-3 > one mix=M train.lr=1e-3, two mix=A train.lr=2e-3 > one mix=M train.lr=1e-3"
            )
            .experiment)
        #expect(
            full.claims.map { "\($0.better) > \($0.worse)" } == [
                "one mix=A train.lr=1e-3 > one mix=M train.lr=1e-3",
                "two mix=A train.lr=2e-3 > one mix=M train.lr=1e-3",
            ])
        let half = try #require(claims("two > one mix=M train.lr=1e-3").experiment)
        #expect(half.claims.map(\.better) == ["two mix=M train.lr=1e-3"])
        let none = claims("one mix=A train.lr=1e-3 > one")
        #expect(none.experiment == nil)
        #expect(
            none.findings.contains {
                "\($0)".contains("have the same values in the sweep, so nothing would be compared")
            },
            "\(none.findings)")
    }

    @Test("Lists and switched-off settings are values of axes")
    func values() throws {
        let experiment = try experiment(
            minimal(
                "sweep: {axes: {backbone.heads: [[1, 2], auto], train.clip-norm: [none, 1], backbone.stem.strides: [[2, 1]]}}"
            ))
        #expect(experiment.rows.map(\.backbone.heads) == [[1, 2], [1, 2], nil, nil])
        #expect(experiment.rows.map(\.train.clipNorm) == [nil, 1, nil, 1])
        #expect(
            experiment.rows[0].name == "base backbone.heads=[1, 2] train.clip-norm=none backbone.stem.strides=[2, 1]")
    }

    @Test("A set of placements becomes one row for each")
    func sets() throws {
        let experiment = try experiment(
            """
            name: test
            layouts: {every: "C | M4 with A at choose(2)"}
            published: {every: 1.5}
            """)
        #expect(experiment.rows.count == 6)
        #expect(Set(experiment.rows.map(\.canonicalLayout)).count == 6)
        #expect(experiment.rows.first?.name == "every placement=0,1")
        #expect(experiment.rows.first?.axes == [.init(name: "placement", value: "0,1")])
        #expect(experiment.published?.values.count == 6)
    }

    @Test("A reference that stands for several rows is the first, with a warning")
    func reference() throws {
        let outcome = FileOutcome(minimal("reference: base\nsweep: {axes: {train.lr: [1e-3, 2e-3]}}"))
        #expect(outcome.experiment?.reference == "base train.lr=1e-3")
        #expect(outcome.warnings.first?.message.contains("stands for 2 rows") == true)
    }

    @Test("Settings without effect and rows that are the same are warned of")
    func warnings() {
        let outcome = FileOutcome(
            minimal(
                """
                train: {schedule: constant, min-lr: 0}
                dataset: {pairs: [2]}
                sweep: {axes: {train.lr: [1e-3, 0.001]}}
                """))
        #expect(outcome.experiment != nil)
        #expect(
            outcome.warnings.map { $0.message.prefix(40) + " @\($0.place?.line ?? 0)" } == [
                "`base train.lr=0.001` and `base train.lr @2", "`train.min-lr` has no effect here @3",
                "`dataset.pairs` has no effect here @4",
            ])
        let felt = FileOutcome(
            minimal("train: {schedule: constant, min-lr: 0}\nsweep: {axes: {train.schedule: [cosine, constant]}}"))
        #expect(felt.warnings.isEmpty)
    }

    @Test("The plan runs complete seeds first and folds rows that are the same")
    func plan() throws {
        let experiment = try experiment("name: t\nlayouts: {a: M, b: A, same: M1}\nseeds: [4, 2]")
        let plan = TrialPlan(experiment)
        #expect(
            plan.entries.map { "\($0.rows.joined(separator: "+")) \($0.specification.seed)" } == [
                "a+same 4", "b 4", "a+same 2", "b 2",
            ])
        #expect(plan.folded == 2)
        for entry in plan.entries { #expect(entry.identity == entry.specification.identity) }
    }

    @Test("A hundred thousand trials are planned, a million and one are refused")
    func large() throws {
        let rates = (1...500).map { "\($0)e-5" }.joined(separator: ", ")
        let decays = (1...20).map { "\($0)e-3" }.joined(separator: ", ")
        let text = minimal("seeds: 10\nsweep: {axes: {train.lr: [\(rates)], train.weight-decay: [\(decays)]}}")
        let experiment = try experiment(text)
        let plan = TrialPlan(experiment)
        #expect(plan.entries.count == 100_000)
        #expect(Set(plan.entries.map(\.identity)).count == 100_000)
        // The plan's quick way to an identity and the specification's plain one agree.
        for entry in plan.entries.prefix(9_000).enumerated().filter({ $0.offset % 997 == 0 }).map(\.element) {
            #expect(entry.identity == entry.specification.identity)
        }
        let refused = FileOutcome(text.replacing("seeds: 10", with: "seeds: 101"))
        #expect(refused.errors.map(\.message) == ["the experiment has more than 1000000 trials"])
    }
}
