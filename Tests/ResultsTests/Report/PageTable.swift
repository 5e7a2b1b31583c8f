import Foundation
import Testing

/// A table of a page as a program sees it: its columns' names, and for each cell what is shown and what it stands for.
struct PageTable {
    struct Cell {
        /// What people read.
        var text: String
        /// The numbers in full; nil for words.
        var value, second: Double?
        var isEmpty: Bool { text.isEmpty && value == nil }
    }

    /// What the page calls it.
    let name: String
    let columns: [String]
    let rows: [[Cell]]

    /// All tables of the page.
    static func all(_ page: PageReader) throws -> [PageTable] {
        try page.elements.indices.filter { page.elements[$0].name == "table" }.map { start in
            let depth = page.elements[start].path.count
            let inside = page.elements[(start + 1)...].prefix { $0.path.count > depth }
            let name = try #require(page.elements[start].attributes["aria-labelledby"])
            return PageTable(String(name.dropLast("-caption".count)), Array(inside))
        }
    }

    private init(_ name: String, _ elements: [PageReader.Element]) {
        self.name = name
        columns = elements.compactMap { $0.attributes["data-name"] }
        var rows: [[Cell]] = []
        for element in elements.drop(while: { $0.name != "tbody" }) {
            if element.name == "tr" { rows.append([]) }
            guard ["td", "th"].contains(element.name), !rows.isEmpty else { continue }
            rows[rows.count - 1].append(
                Cell(
                    text: element.text, value: element.attributes["data-value"].flatMap(Double.init),
                    second: element.attributes["data-second"].flatMap(Double.init)))
        }
        self.rows = rows
    }

    /// A row's cells by the names of their columns.
    func cells(_ row: Int) -> [(column: String, cell: Cell)] {
        Array(zip(columns, rows[row]).map { (column: $0, cell: $1) })
    }
}

/// Whether a number as people read it, such as `+0.54`, `1.20 M`, `<.001` or `1:15`, is this one but for rounding.
func shows(_ text: String, _ value: Double) -> Bool {
    let words = text.replacing("−", with: "-")
    if words.hasPrefix("<.001") { return value >= 0 && value < 0.0005 }
    if let seconds = clock(words) { return abs(seconds - value) <= 0.5 }
    guard let match = words.prefixMatch(of: #/([-+]?[0-9]*)(\.[0-9]+)?( [kMGT])?/#) else { return false }
    let digits = match.2.map { $0.count - 1 } ?? 0
    guard let number = Double(String(match.1) + String(match.2 ?? "")) else { return false }
    let powers: [Substring: Double] = [" k": 1e3, " M": 1e6, " G": 1e9, " T": 1e12]
    let unit: Double = powers[match.3 ?? ""] ?? 1
    // A number without a point and a unit is whole, or so large that its last digits are rounded away.
    let step = pow(10, -Double(digits)) * unit
    let half = digits == 0 && unit == 1 && abs(value) < 1000 && value == value.rounded() ? 0 : step / 2
    // Shares are shown in percent.
    let (plain, percent) = (abs(number * unit - value), abs(number * unit - value * 100))
    return min(plain, percent) <= half + 1e-9 * unit
}

private func clock(_ words: String) -> Double? {
    guard let match = words.wholeMatch(of: #/(\d+:)?(\d+):(\d\d)/#) else { return nil }
    let hours = match.1.flatMap { Double($0.dropLast()) } ?? 0
    guard let minutes = Double(match.2), let seconds = Double(match.3) else { return nil }
    return hours * 3600 + minutes * 60 + seconds
}
