/// What the rows took: time and memory, as bars from 0.
enum ResourceFigure {
    static func all(_ summary: Summary) -> [Figure] {
        let time = draw(
            summary, "time", "wall_seconds", "Time of a trial", "mean wall time of a finished trial",
            "Wall time from the start of a trial to its result, data and evaluation included: the mean over finished "
                + "trials. Trials that run beside each other slow each other down.",
            NumberFormat.duration
        ) { $0.wallSeconds }
        let memory = draw(
            summary, "memory", "peak_resident_bytes", "Memory of a trial", "highest resident memory",
            "The most memory that a worker process held at once, program and data included: the highest over seeds.",
            NumberFormat.bytes
        ) { $0.size.map { Double($0.peakResidentBytes) } }
        return [time, memory].compactMap { $0 }
    }

    private static func draw(
        _ summary: Summary, _ name: String, _ column: String, _ title: String, _ axis: String, _ caption: String,
        _ format: NumberFormat,
        _ value: (SummaryRow) -> Double?
    ) -> Figure? {
        let rows = summary.shownRows
        let labels = summary.labels
        let values = rows.map(value)
        let known = values.compactMap { $0 }
        guard !known.isEmpty else { return nil }
        var chart = RowChart(
            rows.map { .init(labels[$0.name], name: $0.name, isStrong: $0.isReference) }, values: known, title: axis,
            rightMargin: 72, includesZero: true, tick: { $1 == 0 ? "0" : format.text($1) })
        for (line, (row, value)) in zip(rows, values).enumerated() {
            let start = chart.point(0, line: line)
            guard let value else {
                chart.draw { $0.text("not measured yet", at: Point(x: start.x + 6, y: start.y + 4), .faint) }
                continue
            }
            let end = chart.point(value, line: line)
            let words = format.text(value)
            chart.draw {
                $0.rectangle(
                    Point(x: start.x, y: start.y - 7), width: end.x - start.x, height: 14, .bar,
                    tip: "\(row.name): \(words)")
                $0.text(words, at: Point(x: end.x + 6, y: end.y + 4), .label)
            }
        }
        let data = Table(
            columns: [Table.Column("row"), Table.Column(column, title: name, alignment: .right, format: format)],
            rows: zip(rows, values).map { [.text($0.name), .number($1)] })
        return Figure(
            name, title: title, caption: caption + summary.leftOut + summary.labelWords, data: data, chart.canvas)
    }
}
