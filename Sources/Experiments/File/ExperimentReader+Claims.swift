/// The names by which rows can be spoken of: a row's own, or that of its entry in `layouts:`, which stands for all its rows.
struct RowNames {
    private let rows: [ExpandedRow]
    private var places: [String: [Int]] = [:]

    init(_ rows: [ExpandedRow]) {
        self.rows = rows
        for (place, expanded) in rows.enumerated() {
            places[expanded.row.entry, default: []].append(place)
        }
        for (place, expanded) in rows.enumerated() where expanded.row.name != expanded.row.entry {
            places[expanded.row.name] = [place]
        }
    }

    var first: String? { rows.first?.row.name }
    var isEmpty: Bool { rows.isEmpty }

    /// The rows that the name stands for; none where it is unknown.
    func rows(_ name: String) -> [Experiment.Row] {
        places[name, default: []].map { rows[$0].row }
    }

    /// What to do about an unknown name.
    func remedy(for name: String) -> String {
        let names = Array(places.keys.sorted())
        if let near = nearestWord(to: name, in: names) { return "write `\(near)`" }
        let entries = rows.reduce(into: [String]()) { if $0.last != $1.row.entry { $0.append($1.row.entry) } }
        return "write one of " + entries.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    }
}

extension ExperimentReader {
    private static let mostClaims = 10_000

    mutating func reference(_ node: FileNode?, _ names: RowNames) -> String {
        let first = names.first ?? ""
        guard let node, case .text(let name)? = file.value(node, as: .name, called: "`reference`") else { return first }
        let rows = names.rows(name)
        guard let row = rows.first else {
            reportUnknownRow(name, node, names)
            return first
        }
        if rows.count > 1 {
            file.warning(
                "`\(name)` stands for \(rows.count) rows of the sweep; the reference is `\(row.name)`", at: node.place,
                remedy: "write the row's full name to choose another")
        }
        return row.name
    }

    /// Reports a name that no row has, unless rows are missing because of an error that is reported already.
    private mutating func reportUnknownRow(_ name: String, _ node: FileNode, _ names: RowNames) {
        if unreadRows.contains(name) || names.isEmpty { return }
        file.error("no row is called `\(name)`", at: node.place, remedy: names.remedy(for: name))
    }

    mutating func claims(_ node: FileNode, _ names: RowNames) -> [Claim] {
        let remedy = "write a list of claims, such as `[last-half > first-half]`"
        var claims: [Claim] = []
        var seen: Set<Claim> = []
        var isFull = false
        for node in list(node, called: "`claims`", remedy: remedy) {
            guard case .text(let text)? = file.value(node, as: .text, written: .claim, called: "a claim") else {
                continue
            }
            let parts = self.parts(of: text)
            guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty }) else {
                file.error(
                    "the claim \(node.description) does not compare two rows", at: node.place,
                    remedy: "write `better > worse`")
                continue
            }
            for (better, worse) in zip(parts, parts.dropFirst()) {
                for claim in self.claims(better, worse, node, names) {
                    if !seen.insert(claim).inserted {
                        file.warning(
                            "the claim `\(claim.better) > \(claim.worse)` is made twice", at: node.place,
                            remedy: "delete one of them")
                    } else if claims.count < ExperimentReader.mostClaims {
                        claims.append(claim)
                    } else if !isFull {
                        isFull = true
                        file.error(
                            "these are more than \(ExperimentReader.mostClaims) claims", at: node.place, remedy: tooMany
                        )
                    }
                }
            }
        }
        return claims
    }

    private var tooMany: String { "claim it of single rows: what is tested together is corrected together" }

    private func parts(of text: String) -> [String] {
        let spaced = text.split(separator: " > ", omittingEmptySubsequences: false)
        let parts = spaced.count > 1 ? spaced : text.split(separator: ">", omittingEmptySubsequences: false)
        return parts.map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// The claims between rows of two names: of two full names that one; of names that stand for several rows, one for each
    /// two rows that agree in the axes that they share.
    private mutating func claims(_ better: String, _ worse: String, _ node: FileNode, _ names: RowNames) -> [Claim] {
        let (betterRows, worseRows) = (names.rows(better), names.rows(worse))
        if betterRows.isEmpty { reportUnknownRow(better, node, names) }
        if worseRows.isEmpty, worse != better { reportUnknownRow(worse, node, names) }
        guard better != worse else {
            file.error("the claim compares `\(better)` with itself", at: node.place, remedy: "name two different rows")
            return []
        }
        guard betterRows.count * worseRows.count <= 100_000_000 else {
            file.error(
                "the claim pairs \(betterRows.count) rows with \(worseRows.count)", at: node.place, remedy: tooMany)
            return []
        }
        let isOfTwo = betterRows.count == 1 && worseRows.count == 1
        let claims = betterRows.flatMap { better in
            worseRows.filter { worse in
                better.name != worse.name && (isOfTwo || better.agrees(with: worse))
            }.map { Claim(better: better.name, worse: $0.name) }
        }
        if claims.isEmpty, let first = betterRows.first, let other = worseRows.first(where: { $0.name != first.name }) {
            file.error(
                "no row of `\(better)` and of `\(worse)` have the same values in the sweep, so nothing would be compared",
                at: node.place, remedy: "write both rows in full, such as `\(first.name) > \(other.name)`")
        }
        return claims
    }

    mutating func published(_ node: FileNode, _ names: RowNames) -> Experiment.Published? {
        let remedy = "write `row: number` lines under it, and `source:` with where they are from"
        guard let entries = file.mapping(node, called: "`published`", remedy: remedy) else { return nil }
        if entries.isEmpty { file.error("`published` is empty", at: node.place, remedy: remedy) }
        var published = Experiment.Published(source: nil, values: [])
        for entry in entries {
            guard let name = file.text(of: entry.key) else { continue }
            if name == "source" {
                if case .text(let text)? = file.value(entry.value, as: .text, called: "`source`") {
                    published.source = text
                }
                continue
            }
            let rows = names.rows(name)
            if rows.isEmpty { reportUnknownRow(name, entry.key, names) }
            guard case .number(let number)? = file.value(entry.value, as: .number(.any), called: "`\(name)`") else {
                continue
            }
            published.values += rows.map { Experiment.Published.Value(row: $0.name, number: number) }
        }
        return published
    }
}

extension Experiment.Row {
    /// Whether both have the same value in each axis of the sweep that both have; placements are of a layout's own.
    fileprivate func agrees(with other: Experiment.Row) -> Bool {
        other.axes.allSatisfy { axis in
            axis.name == "placement" || axes.allSatisfy { $0.name != axis.name || $0.value == axis.value }
        }
    }
}
