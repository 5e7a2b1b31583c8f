extension ExperimentReader {
    /// The metric of the table, which every row's data set must measure.
    mutating func metric(_ node: FileNode, of rows: [ExpandedRow]) -> String {
        guard case .text(let text)? = file.value(node, as: .text, called: "`metric`") else { return "accuracy" }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let known = ["accuracy", "loss", "average-precision", "mean-iou"]
        guard let name = words.first.map(String.init), known.contains(name), words.count <= 2, words.last != "" else {
            file.error(
                "`metric` can't be \(node.description)", at: node.place,
                remedy: nearestWord(to: String(words.first ?? ""), in: known).map { "write `\($0)`" }
                    ?? "write one of \(known.map { "`\($0)`" }.joined(separator: ", ")), or one part of it, such as "
                    + "`accuracy pairs=4`")
            return "accuracy"
        }
        for expanded in rows {
            guard let word = DatasetWord.named(expanded.row.dataset.name) else { continue }
            let measured = word.metrics + ["loss"]
            guard !measured.contains(name) else { continue }
            file.error(
                "the data set `\(word.name)` does not measure `\(name)`", at: node.place,
                remedy: "write " + measured.map { "`\($0)`" }.joined(separator: " or "))
            break
        }
        return text
    }
}
