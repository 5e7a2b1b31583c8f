import Experiments
import Foundation
import Networks
import Results
import Training

/// An experiment file, read and checked against the data sets and the networks that it names.
struct ExperimentInput {
    /// A row of the experiment with what its settings mean on this machine.
    struct PreparedRow {
        let row: Experiment.Row
        let plan: NetworkPlan
        /// How the data set's pictures become the network's input.
        let normalization: PixelNormalization
        /// Examples of one epoch that are passed forward and backward.
        let trainExamples: Int
        /// Examples that are passed forward after each epoch.
        let evaluationExamples: Int
    }

    /// The experiment; its data sets have been looked up, so that their digests are part of the trials' identities.
    let experiment: Experiment
    /// The experiment's rows, in the table's order.
    let rows: [PreparedRow]
    /// What is odd about the file, but no reason to stop.
    let warnings: [Diagnostic]

    /// - Throws: `Diagnostics` with everything that is wrong.
    init(path: String) throws {
        let (read, warnings) = try ExperimentFile.load(path: path, vocabulary: Mixers.vocabulary)
        try self.init(read, warnings, file: path)
    }

    /// An experiment as the database keeps its file's text.
    init(stored text: String, name: String) throws {
        let file = "\(name).yaml (as it was last run)"
        let (read, warnings) = try ExperimentFile.parse(text: text, file: file, vocabulary: Mixers.vocabulary)
        try self.init(read, warnings, file: file)
    }

    private init(_ read: Experiment, _ warnings: [Diagnostic], file: String) throws {
        var checks = RowChecks(file: file)
        var experiment = read
        var rows: [PreparedRow] = []
        for index in experiment.rows.indices {
            guard let data = checks.dataset(of: experiment.rows[index]) else { continue }
            experiment.rows[index].dataset = data.settings
            checks.metric(of: experiment, experiment.rows[index], data)
            guard let plan = checks.network(of: experiment.rows[index], data) else { continue }
            rows.append(
                PreparedRow(
                    row: experiment.rows[index], plan: plan, normalization: data.normalization,
                    trainExamples: data.count(.train), evaluationExamples: data.count(.validation) + data.count(.test)))
        }
        guard checks.problems.isEmpty else { throw Diagnostics(warnings + checks.problems) }
        self.experiment = experiment
        self.rows = rows
        self.warnings = warnings + SingleTokens.warnings(rows)
    }

    /// What each row's network costs. Rows that differ in their training alone share one count.
    ///
    /// - Parameter most: no more rows than these, the first ones.
    func censuses(most: Int = .max) throws -> [NetworkCensus] {
        struct Network: Hashable {
            let layout: String
            let backbone: BackboneSettings
            let dataset: DatasetSettings
        }
        var known: [Network: NetworkCensus] = [:]
        return try rows.prefix(most).map { prepared in
            let row = prepared.row
            let network = Network(layout: row.canonicalLayout, backbone: row.backbone, dataset: row.dataset)
            if let census = known[network] { return census }
            let census = try NetworkCensus(prepared.plan)
            known[network] = census
            return census
        }
    }

    /// Whether an argument that may be a layout or a file is a file: it is there, or it is named like one.
    static func isFile(_ argument: String) -> Bool {
        argument.hasSuffix(".yaml") || argument.hasSuffix(".yml") || FileManager.default.fileExists(atPath: argument)
    }

    /// All rows, or the one with this name.
    func rows(called name: String?) throws -> [PreparedRow] {
        guard let name else { return rows }
        let found = rows.filter { $0.row.name == name }
        guard !found.isEmpty else {
            let names = rows.map(\.row.name)
            let nearest = nearestWord(to: name, in: names).map { "Did you mean \($0)? " } ?? ""
            throw Refusal(
                "the experiment \(experiment.name) has no row \(name)",
                remedy: nearest + "Its rows are \(names.joined(separator: ", "))")
        }
        return found
    }
}

/// Looks up each data set once, builds each row's network, and collects what is wrong.
private struct RowChecks {
    let file: String
    private(set) var problems: [Diagnostic] = []
    private var hasMetricProblem = false
    private var datasets: [DatasetSettings: DatasetFacts?] = [:]

    init(file: String) {
        self.file = file
    }

    /// The row's data set; nil where it can't be had, which is reported once for all rows that share it.
    mutating func dataset(of row: Experiment.Row) -> DatasetFacts? {
        if let known = datasets[row.dataset] { return known }
        do {
            let dataset = try Datasets.look(row.dataset)
            datasets[row.dataset] = .some(dataset)
            return dataset
        } catch {
            problems.append(error.diagnostic(at: row.datasetPlace ?? place(of: row)))
            datasets[row.dataset] = .some(nil)
            return nil
        }
    }

    mutating func network(of row: Experiment.Row, _ data: DatasetFacts) -> NetworkPlan? {
        do {
            return try NetworkPlan(
                row.layout, row.backbone, input: ImageShape(data.image), task: data.task.network,
                dropPath: row.train.dropPath)
        } catch {
            problems.append(
                Diagnostic(.error, "row \(row.name): \(error.message)", at: place(of: row), remedy: error.remedy))
            return nil
        }
    }

    /// Reports a metric of a part that the row's test split does not have, once for all rows.
    mutating func metric(of experiment: Experiment, _ row: Experiment.Row, _ data: DatasetFacts) {
        let metric = SummaryMetric(parsing: experiment.metric)
        let parts = data.testParts.map(\.name)
        guard !metric.part.isEmpty, !parts.contains(metric.part), !hasMetricProblem else { return }
        hasMetricProblem = true
        let names = [metric.name] + parts.map { "\(metric.name) \($0)" }
        let near = nearestWord(to: experiment.metric, in: Array(names.dropFirst()))
        problems.append(
            Diagnostic(
                .error, "the test split has no part `\(metric.part)`, in `\(row.name)`",
                at: experiment.metricPlace ?? place(of: row),
                remedy: "write " + (near.map { [$0] } ?? names).map { "`\($0)`" }.joined(separator: " or ")))
    }

    private func place(of row: Experiment.Row) -> Diagnostic.Place {
        row.place ?? Diagnostic.Place(file: file, line: 1, column: 1)
    }
}
