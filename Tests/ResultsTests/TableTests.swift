import Foundation
import Testing

import Results

@Suite struct TableTests {
    private let hostile = [
        "plain", "a \"quoted\", name", "pipe | and & and % and _", "<script>alert(1)</script>", "two\nlines",
        "\u{1b}[31mred", "🦊 fox", "日本", "שלום", "back\\slash $5 #1 {x} ~ ^", "",
    ]

    private var table: Table {
        Table(
            title: "Names & numbers",
            columns: [
                Table.Column("name"),
                Table.Column("value", alignment: .decimal, format: .fixed(2)),
                Table.Column("interval", alignment: .right, format: .signed(1)),
            ],
            rows: hostile.enumerated().map { index, name in
                [
                    .text(name), .number(index == 2 ? nil : Double(index) * 1.5 - 4),
                    .interval(index == 3 ? nil : -1...Double(index)),
                ]
            }, notes: ["A note with 100 % & more."])
    }

    @Test func text() {
        let text = TableFormat.table.render(table)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "Names & numbers")
        #expect(lines[1] == "name                       value       interval")
        #expect(lines[3] == "plain                      −4.00    [−1.0, 0.0]")
        #expect(lines[7] == "two␊lines                   2.00   [−1.0, +4.0]")
        #expect(lines[8] == "␛[31mred                    3.50   [−1.0, +5.0]")
        #expect(lines[9] == "🦊 fox                      5.00   [−1.0, +6.0]")
        #expect(lines[10] == "日本                        6.50   [−1.0, +7.0]")
        #expect(lines[11] == "\u{2068}שלום\u{2069}                        8.00   [−1.0, +8.0]")
        #expect(!text.contains("\u{1b}"))
    }

    @Test func csv() {
        let text = TableFormat.csv.render(table)
        #expect(text.hasPrefix("name,value,interval_low,interval_high\r\nplain,-4.0,-1.0,0.0\r\n"))
        #expect(text.contains("\"a \"\"quoted\"\", name\",-2.5,-1.0,1.0\r\n"))
        #expect(text.contains("pipe | and & and % and _,,-1.0,2.0\r\n"))
        #expect(text.contains("<script>alert(1)</script>,0.5,,\r\n"))
        #expect(text.contains("\"two\nlines\",2.0"))
    }

    @Test func json() throws {
        let text = TableFormat.json.render(table)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let rows = try #require(object["rows"] as? [[String: Any]])
        #expect(rows.compactMap { $0["name"] as? String } == hostile)
        #expect(rows[2]["value"] is NSNull)
        #expect(!text.contains("<script>"))
        let lines = TableFormat.jsonl.render(table).split(separator: "\n")
        #expect(lines.count == hostile.count)
    }

    @Test func markdown() {
        let text = TableFormat.markdown.render(table)
        #expect(text.contains("| name | value | interval |\n| :--- | ---: | ---: |\n"))
        #expect(text.contains("| pipe \\| and &amp; and % and \\_ |  | \\[−1.0, +2.0\\] |\n"))
        #expect(text.contains("&lt;script&gt;"))
        #expect(text.contains("| two␊lines |"))
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("|") }.count == hostile.count + 2)
    }

    @Test func latex() {
        let text = TableFormat.latex.render(table)
        #expect(text.contains("\\caption{Names \\& numbers.}"))
        #expect(text.contains("\\begin{tabular}{@{}lrr@{}}"))
        #expect(text.contains("    plain & $-$4.00 & {[}$-$1.0, 0.0] \\\\\n"))
        #expect(text.contains("pipe \\textbar{} and \\& and \\% and \\_ & "))
        #expect(text.contains("\\textless{}script\\textgreater{}"))
        #expect(text.contains("back\\textbackslash{}slash \\$5 \\#1 \\{x\\} \\textasciitilde{} \\textasciicircum{} &"))
        #expect(text.contains("A note with 100 \\% \\& more.\\par"))
        #expect(text.contains("\\ifdefined\\Umathchar 🦊\\else[U+1F98A]\\fi{} fox & "))
    }

    /// What has no room at the usual size is set smaller; a row without a shown value behind a rule is left out.
    @Test(arguments: [(6, "small"), (20, "footnotesize"), (30, "scriptsize")])
    func latexFitsThePage(_ length: Int, _ size: String) {
        var table = Table(
            title: "Wide", columns: [Table.Column("name")] + (0..<6).map { Table.Column("column \($0)") },
            rows: [
                [.text(String(repeating: "n", count: length))] + (0..<6).map { _ in .text("0.123") },
                [.text("chance")] + (0..<6).map { _ in .empty },
            ])
        table.name = "two words_1"
        table.rulesBefore = [1]
        let text = TableFormat.latex.render(table)
        #expect(text.contains("\\centering\\\(size)\\"), "\(text)")
        #expect(text.contains("\\caption{Wide.}\\label{tab:two-words-1}") && !text.contains("chance"))
    }

    @Test func tsv() {
        let text = TableFormat.tsv.render(table)
        #expect(text.contains("two\\nlines\t2.0\t-1.0\t4.0\n"))
        #expect(text.contains("back\\\\slash"))
    }

    @Test(arguments: [20, 30, 40, 60, 80])
    func itFitsTheTerminal(_ width: Int) {
        var wide = table
        wide.columns[2].narrowing = .drop(1)
        wide.notes = ["A long sentence that must be broken between its words and never in the middle of one."]
        let text = TableFormat.table.render(wide, style: TextStyle(width: width))
        for line in text.split(separator: "\n") {
            let visible = line.filter { $0 != "\u{2068}" && $0 != "\u{2069}" }
            let cells = visible.reduce(0) { $0 + ("🦊日本".contains($1) ? 2 : 1) }
            #expect(cells <= width, "\(line)")
        }
        #expect(text.contains("Not shown at this") == (width < 46))
    }

    @Test func colourOnlyWhenAsked() {
        var bold = table
        bold.rows[0][1].isEmphasized = true
        #expect(!TableFormat.table.render(bold).contains("\u{1b}"))
        let text = TableFormat.table.render(bold, style: TextStyle(usesColor: true))
        #expect(text.contains("\u{1b}[1m"))
        #expect(TableFormat.markdown.render(bold).contains("**−4.00**"))
        #expect(TableFormat.latex.render(bold).contains("\\textbf{$-$4.00}"))
    }

    @Test func numberFormats() {
        #expect(NumberFormat.count.text(31_794_000) == "31.8 M")
        #expect(NumberFormat.count.text(999_600) == "1.00 M")
        #expect(NumberFormat.count.text(64) == "64")
        #expect(NumberFormat.count.text(685.269) == "685")
        #expect(NumberFormat.count.text(6.5) == "6.50")
        #expect(NumberFormat.bytes.text(1_500_000_000) == "1.50 GB")
        #expect(NumberFormat.duration.text(12.34) == "12.3 s")
        #expect(NumberFormat.duration.text(75) == "1:15")
        #expect(NumberFormat.duration.text(4000) == "1:06:40")
        #expect(NumberFormat.probability.text(0.0234) == ".023")
        #expect(NumberFormat.probability.text(0.0001) == "<.001")
        #expect(NumberFormat.probability.text(0.049999) == "<.050" && NumberFormat.probability.text(0.05) == ".050")
        #expect(NumberFormat.probability.text(1) == "1")
        #expect(NumberFormat.signedPercent(2).text(-0.00001) == "0.00")
        #expect(NumberFormat.signedPercent(2).text(0.0054) == "+0.54")
        #expect(NumberFormat.plain.text(Double.nan) == "nan")
    }
}
