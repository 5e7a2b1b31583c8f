import Experiments
import Testing

@Suite("Selection")
struct SelectionTests {
    private static let rates = """
        name: test
        layouts: {late: M A, early: A M}
        reference: late
        sweep: {axes: {train.lr: [1e-3, 3e-3], train.batch: [64, 128]}}
        claims: [late > early]

        """

    @Test("What is not selected stays in the names by which rows are claimed about")
    func claims() throws {
        let experiment = try #require(
            FileOutcome(
                SelectionTests.rates.replacing("late\n", with: "late train.batch=64\n")
                    + "select: train.lr\n"
            ).experiment)
        #expect(experiment.selectedAxes == ["train.lr"])
        #expect(experiment.rows.count == 8)
        #expect(experiment.reference == "late train.batch=64")
        #expect(
            experiment.claims == [
                Claim(better: "late train.batch=64", worse: "early train.batch=64"),
                Claim(better: "late train.batch=128", worse: "early train.batch=128"),
            ])
    }

    @Test("Where every axis is selected, rows go by their entries' names")
    func all() throws {
        let experiment = try #require(
            FileOutcome(SelectionTests.rates + "select: [train.lr, train.batch]\n").experiment)
        #expect(experiment.reference == "late")
        #expect(experiment.claims == [Claim(better: "late", worse: "early")])
        #expect(experiment.rows.count == 8)
    }

    @Test("Without it, nothing is selected")
    func none() throws {
        #expect(try #require(FileOutcome(minimal("")).experiment).selectedAxes.isEmpty)
    }

    @Test(
        "Mistakes are explained",
        arguments: [
            ("select: train.lrr", "no axis `train.lrr`", "write `train.lr`"),
            ("select: [train.lr, train.lr]", "`train.lr` twice", "delete"),
            ("select: {train.lr: 1}", "can't be a section", "a name"),
            ("select: train.lr\ndataset: {validation: 0}", "no validation examples", "validation: 1000"),
        ])
    func mistakes(line: String, message: String, remedy: String) throws {
        let errors = FileOutcome(SelectionTests.rates + line + "\n").errors
        let error = try #require(errors.first)
        #expect(errors.count == 1 && error.message.contains(message), "\(errors)")
        #expect(error.remedy?.contains(remedy) == true, "\(errors)")
        #expect(error.place?.line == 6)
    }

    @Test("A control and a distance are settings of drawn sets; pairs that don't fit are refused")
    func probes() throws {
        let file = { (settings: String) in FileOutcome(minimal("dataset: {name: recall-grid, \(settings)}")) }
        let control = try #require(file("variant: control, distance: 2, pairs: [2], test-pairs: [8]").experiment)
        #expect(control.rows[0].dataset.variant == .control && control.rows[0].dataset.distance == 2)
        #expect(file("variant: control, pairs: [9]").errors.first?.message.contains("9 pairs don't fit") == true)
        #expect(file("distance: 4").errors.count == 1)
        #expect(FileOutcome(minimal("dataset: {variant: control}")).warnings.count == 1)
        #expect(FileOutcome(minimal("metric: mean-iou\ndataset: {name: cued-scene}")).findings.isEmpty)
        let misplaced = FileOutcome(minimal("metric: mean-iou\ndataset: {name: recall-grid}")).errors
        #expect(misplaced.first?.message.contains("the data set `recall-grid` does not measure `mean-iou`") == true)
    }
}
