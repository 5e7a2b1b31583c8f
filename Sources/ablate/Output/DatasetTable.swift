import Experiments
import Results
import Training

/// A data set's facts, one a row.
enum DatasetTable {
    static func table(_ dataset: any Dataset) -> Table {
        let size = dataset.image
        var facts: [(String, String)] = [
            ("name", dataset.settings.name),
            ("image", "\(size.height)×\(size.width)×\(size.channels)"),
            ("task", task(dataset.task)),
        ]
        facts += Split.allCases.map { ("\($0.rawValue) examples", "\(dataset.count($0))") }
        facts.append(("metric", dataset.metric.rawValue))
        facts.append(("pixels", "(byte / 255 − mean) / sd, of the training examples"))
        facts.append(("pixel mean", numbers(dataset.normalization.mean)))
        facts.append(("pixel sd", numbers(dataset.normalization.deviation)))
        let baselines = Datasets.baselines(dataset.settings)
        func text(_ part: String) -> [String] {
            baselines.filter { $0.part == part }.map { "\($0.name) \($0.value)" }
        }
        facts += [("test", text("").joined(separator: ", "))].filter { !$0.1.isEmpty }
        facts += dataset.testParts.map { part in
            let size = "\(part.range.count) examples" + (part.places.map { ", \($0.count) places" } ?? "")
            return ("test \(part.name)", "\(size); \(text(part.name).joined(separator: ", "))")
        }
        if !dataset.classNames.isEmpty { facts.append(("classes", dataset.classNames.joined(separator: ", "))) }
        if let digest = dataset.settings.digest { facts.append(("digest", digest)) }
        return Table(
            columns: [.init("fact"), .init("value")], rows: facts.map { [.text($0.0), .text($0.1)] })
    }

    /// All digits, so that they can be used elsewhere.
    private static func numbers(_ values: [Double]) -> String {
        values.map { "\($0)" }.joined(separator: ", ")
    }

    private static func task(_ task: DataTask) -> String {
        switch task {
        case .classification(let classes): "one of \(classes) classes for each image"
        case .dense(let classes, let rows, let columns): "one of \(classes) classes for each cell of \(rows)×\(columns)"
        }
    }
}
