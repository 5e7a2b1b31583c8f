import Foundation
import Testing

@testable import Results

/// The page as a browser has it: nothing overflows, nothing complains, tables sort.
@Suite(.enabled(if: Browser.path != nil, "needs chromium: make test-report")) struct BrowserTests {
    struct Report: Decodable {
        var width: Int
        /// How far the page can be scrolled sideways.
        var overflow: Int
        /// Elements that reach out of the page, those aside that scroll by themselves.
        var wide: [String]
        /// Row names of the ablation table, sorted by mean upwards, then downwards, then as written.
        var orders: [[String]]
        var sorts: [String?]
        var buttons: Int
        var background: String
        /// The smallest words of a figure, in pixels.
        var smallestWords: Double
    }

    private static let probe = """
        const wide = [...document.querySelectorAll("body *")]
          .filter(e => !e.closest(".scroll,pre,script") && e.getBoundingClientRect().right > innerWidth + 0.5)
          .map(e => e.tagName + " " + e.textContent.slice(0, 40));
        const table = document.querySelector("#table table");
        const heading = [...table.tHead.rows[0].cells].find(cell => cell.textContent === "mean");
        const names = () => [...table.tBodies[0].rows].map(row => row.cells[0].textContent);
        const orders = [], sorts = [];
        for (let click = 0; click < 3; click++) {
          heading.querySelector("button").click();
          orders.push(names());
          sorts.push(heading.getAttribute("aria-sort"));
        }
        const words = [...document.querySelectorAll("figure text")].map(e =>
          parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a);
        return { width: innerWidth, overflow: document.documentElement.scrollWidth - innerWidth, wide, orders, sorts,
          buttons: document.querySelectorAll("thead button").length,
          background: getComputedStyle(document.documentElement).backgroundColor, smallestWords: Math.min(...words) };
        """

    private func reports(_ report: Results.Report, isDark: Bool) throws -> [Report] {
        let visit = try Browser.visit(report.page, widths: [400, 1600], isDark: isDark, probe: Self.probe)
        #expect(visit.console.isEmpty, "\(visit.console)")
        return try visit.reports.map { try JSONDecoder().decode(Report.self, from: $0) }.sorted { $0.width < $1.width }
    }

    @Test(arguments: [false, true])
    func thePageFitsAndSorts(_ isDark: Bool) throws {
        let reports = try reports(try ReportSamples.report(parts: [4, 8]), isDark: isDark)
        #expect(reports.map(\.width) == [400, 1600])
        for report in reports {
            #expect(report.overflow <= 0 && report.wide.isEmpty, "\(report.width): \(report.wide)")
            #expect(report.sorts == ["ascending", "descending", nil])
            #expect(report.orders[0].map { $0.prefix(5) } == ["all-m", "first", "mixed", "last-"])
            #expect(report.orders[1] == report.orders[0].reversed())
            #expect(report.orders[2].map { $0.prefix(5) } == ["last-", "first", "mixed", "all-m"])
            #expect(report.buttons > 20)
            #expect(report.smallestWords >= 8, "readable on a telephone")
            #expect(report.background == (isDark ? "rgb(21, 25, 30)" : "rgb(255, 255, 255)"))
        }
    }

    @Test func hostileNamesAndUnfinishedRunsFitToo() throws {
        var outcomes = ReportSamples.hostileOutcomes()
        outcomes.append(
            .init(row: String(repeating: "averylongname", count: 7), layout: "M11 A", values: [nil, .nan, 0.5]))
        for report in try reports(try ReportSamples.report(outcomes, claims: [], seeds: 3), isDark: false) {
            #expect(report.overflow <= 0 && report.wide.isEmpty, "\(report.width): \(report.wide)")
            #expect(report.orders[2].count == outcomes.count)
        }
    }
}
