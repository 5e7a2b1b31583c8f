/// The report as one HTML page that needs nothing beside it: no network, no file, no script but the one that sorts its
/// tables.
struct ReportPage {
    let report: Report
    private var summary: Summary { report.summary }

    var text: String {
        let head = Markup.element(
            "head", [:],
            [
                .element("meta", ["charset": "utf-8"]),
                .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .element("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
                .element("meta", ["name": "color-scheme", "content": "light dark"]),
                .element("meta", ["name": "generator", "content": "ablate"]),
                .element("title", text: VisibleText.singleLine("\(summary.name): ablation report")),
                .element("style", [:], [.raw(PageStyle.sheet)]),
            ])
        let chapters = chapters
        let body = Markup.element(
            "body", [:],
            [
                header(chapters), .element("main", [:], chapters.map(section)),
                .element("script", [:], [.raw(PageScript.text)]),
            ])
        return "<!DOCTYPE html>\n" + Markup.element("html", ["lang": "en"], [head, body]).serialized
    }

    /// The page may load nothing, whatever a name in it says.
    private static let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

    private func header(_ chapters: [Chapter]) -> Markup {
        let links = chapters.map { Markup.element("a", ["href": "#\($0.identifier)"], text: $0.title) }
        return .element(
            "header", [:],
            [
                .element("p", ["class": "name"], [.element("bdi", text: VisibleText.singleLine(summary.name))]),
                .element(
                    "h1", ["dir": "auto"],
                    text: VisibleText.singleLine(summary.question.isEmpty ? summary.name : summary.question)),
            ] + (report.notes.map { [Markup.element("p", ["class": "notes", "dir": "auto"], text: $0)] } ?? []) + [
                facts
            ]
                + [.element("nav", ["aria-label": "Chapters"], links)])
    }

    /// The size of the experiment at a glance.
    private var facts: Markup {
        let outcomes = summary.rows.flatMap(\.outcomes)
        let done = outcomes.count { $0.state == .done }
        let list = [
            ("metric", summary.metric.title), ("data", report.provenance.datasets.joined(separator: ", ")),
            ("rows × seeds", "\(summary.rows.count) × \(summary.seeds.count)"),
            ("trials done", "\(done) of \(outcomes.count)"), ("reference", summary.reference),
        ]
        return .element(
            "dl", ["class": "facts"],
            list.map { name, value in
                .element(
                    "div", [:],
                    [
                        .element("dt", text: name),
                        .element("dd", [:], [.element("bdi", text: VisibleText.singleLine(value))]),
                    ])
            })
    }

    private func section(_ chapter: Chapter) -> Markup {
        .element(
            "section", ["id": chapter.identifier, "aria-labelledby": "\(chapter.identifier)-heading"],
            [.element("h2", ["id": "\(chapter.identifier)-heading"], text: chapter.title)] + chapter.content)
    }

    struct Chapter {
        var identifier: String
        var title: String
        var content: [Markup]
    }

    /// All chapters that have something to say.
    private var chapters: [Chapter] {
        let figures = report.figures
        func group(_ names: [String]) -> [Markup] {
            let own = figures.filter { figure in names.contains { figure.name == $0 || figure.name.hasPrefix($0 + "-") }
            }
            return own.isEmpty ? [] : [.element("div", ["class": "figures"], own.map(figure))]
        }
        return [
            Chapter(identifier: "answer", title: "Answer", content: answer),
            Chapter(identifier: "table", title: "Ablation table", content: ablation),
            Chapter(
                identifier: "agreement", title: "Beside the published table",
                content: agreement(group(["published", "pairs"]))),
            Chapter(identifier: "placement", title: "Where attention sits", content: group(["layouts"])),
            Chapter(
                identifier: "positions", title: "Position by position",
                content: group(["landscape", "survivors"]) + placements),
            Chapter(identifier: "seeds", title: "Seed by seed", content: group(["means", "differences"])),
            Chapter(
                identifier: "cost", title: "At what cost",
                content: costs(group(CostFront.Cost.allCases.map(\.figureName)))),
            Chapter(identifier: "learned", title: "How it learned", content: group(["learning", "training-loss"])),
            Chapter(identifier: "resources", title: "Time and memory", content: group(["time", "memory"])),
            Chapter(identifier: "trials", title: "Trials", content: trials),
            Chapter(identifier: "provenance", title: "Provenance", content: provenance),
        ].filter { !$0.content.isEmpty }
    }

    /// The picture with its words, and its numbers folded below.
    private func figure(_ figure: Figure) -> Markup {
        let picture = Markup.element(
            "figure", ["id": "figure-\(figure.name)"],
            [
                .element("h3", ["id": "\(figure.name)-title"], text: isolated(figure.title)), figure.inline,
                .element("figcaption", ["id": "\(figure.name)-caption"], text: isolated(figure.caption)),
            ])
        // The page shows these as a table of their own.
        guard figure.name != "pairs" else { return .element("div", [:], [picture]) }
        let table = HTMLTable(
            table: figure.data, identifier: "\(figure.name)-numbers", caption: isolated("\(figure.title), in numbers"))
        let numbers = Markup.element(
            "details", ["class": "numbers"], [.element("summary", text: "Numbers")] + table.markup)
        return .element("div", [:], [picture, numbers])
    }

    /// A sentence in which names that are written from right to left keep to themselves.
    func isolated(_ sentence: String) -> String {
        let names = Set(summary.rows.map(\.name) + [summary.name, summary.reference])
        return names.sorted { $0.count > $1.count }.reduce(VisibleText.singleLine(sentence)) { text, name in
            let shown = VisibleText.singleLine(name)
            let isolated = VisibleText.isolated(shown)
            return isolated == shown ? text : text.replacing(shown, with: isolated)
        }
    }
}

extension Report {
    /// The page: HTML 5 in one file.
    public var page: String { ReportPage(report: self).text }
}
