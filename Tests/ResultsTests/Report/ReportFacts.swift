import Foundation

@testable import Results

/// What a page's cells must hold, looked up in the summary's JSON; epochs and attempts, which it lacks, in the views.
struct ReportFacts {
    enum Expected {
        case number(Any?)
        case range(Any?, Any?)
        case fraction(Int, Int)
        case words(String)
        case flag(Bool?)
    }

    struct Unknown: Error, CustomStringConvertible {
        var description: String
    }

    typealias Object = [String: Any]
    let json: Object
    let reader: StoreReader
    let experiment: String

    static func number(_ value: Any?) -> Double? {
        switch value {
        case let integer as Int: Double(integer)
        case let number as Double: number
        default: nil
        }
    }

    private func list(_ name: String, in object: Object? = nil) -> [Object] {
        (object ?? json)[name] as? [Object] ?? []
    }

    func row(_ name: String) throws -> Object {
        guard let row = list("rows").first(where: { $0["name"] as? String == name }) else {
            throw Unknown(description: "the JSON has no row \(name)")
        }
        return row
    }

    /// The row's name in the first cell, without the signs behind it.
    private func name(_ table: PageTable, _ place: Int) -> String {
        let text = table.rows[place].first?.text ?? ""
        return text.replacing(" ▸", with: "").replacing(" †", with: "")
    }

    func expected(_ table: PageTable, _ place: Int, _ column: String) throws -> Expected {
        let name = name(table, place)
        switch table.name {
        case "claims": return try comparison(list("claims")[place], ["claim"], column)
        case "order", "pairs-numbers":
            return try comparison(list("pairs", in: json["agreement"] as? Object)[place], ["published_order"], column)
        case "ablation", "parts":
            return list("baselines").contains { $0["name"] as? String == name }
                ? baseline(name, column) : try ofRow(name, column)
        case "differences-numbers": return try difference(table, place, column)
        case "landscape-numbers": return try position(place, column)
        case "survivors-numbers": return try rung(place, column)
        case "placements-1": return try placement(name, column)
        case "fronts": return try front(name, column)
        case "parameters-numbers", "macs-numbers", "training-speed-numbers", "inference-speed-numbers":
            return try standing(table, name, column)
        case "learning-numbers", "training-loss-numbers": return try curve(table, place, column)
        case "all-trials": return try trial(table, place, column)
        default: return try ofRow(name, column)
        }
    }

    private func ofRow(_ name: String, _ column: String) throws -> Expected {
        let row = try row(name)
        let difference = row["difference"] as? Object
        switch column {
        case "row": return .words(name)
        case "layout": return .words(row["layout"] as? String ?? "")
        case "mean", "sd", "parameters", "multiply_accumulates", "published", "training_throughput",
            "inference_throughput", "peak_resident_bytes", "wall_seconds", "stopped_after":
            return .number(row[column])
        case "difference": return .number(difference?["mean"])
        case "p_holm": return .number(difference?["p_holm"])
        case "interval":
            return row["reference"] as? Bool == true
                ? .words("reference") : .range(difference?["low"], difference?["high"])
        case "mean_interval": return .range(row["mean_low"], row["mean_high"])
        case "seeds":
            let seeds = list("seeds", in: row)
            return .fraction(seeds.count { $0["state"] as? String == "done" }, seeds.count)
        case _ where column.hasPrefix("seed_"):
            return .number(try value(row, seed: column))
        case _ where (row["parts"] as? Object)?[column] != nil: return .number((row["parts"] as? Object)?[column])
        default: throw Unknown(description: "nobody says what \(column) is")
        }
    }

    private func value(_ row: Object, seed column: String) throws -> Any? {
        list("seeds", in: row).first { "seed_\($0["seed"] ?? "")" == column }?["value"]
    }

    private func baseline(_ name: String, _ column: String) -> Expected {
        if column == "row" { return .words(name) }
        let own = list("baselines").filter { $0["name"] as? String == name }
        let part = column == "mean" ? (json["metric"] as? Object)?["part"] as? String : column
        return .number(own.first { $0["part"] as? String == part }?["value"])
    }

    /// Two rows against each other, as claims and published pairs have them.
    private func comparison(_ object: Object, _ names: [String], _ column: String) throws -> Expected {
        let difference = object["difference"] as? Object
        switch column {
        case _ where names.contains(column): return .words("\(object["better"] ?? "") > \(object["worse"] ?? "")")
        case "published_difference": return .number(object[column])
        case "difference": return .number(difference?["mean"])
        case "interval": return .range(difference?["low"], difference?["high"])
        case "p_holm": return .number(difference?["p_holm"])
        case "verdict":
            let verdict = object["verdict"] as? String ?? ""
            return .words((["supported": "✓ ", "contradicted": "✗ "][verdict] ?? "? ") + verdict)
        case "reason": return .words(object["reason"] as? String ?? "")
        default: throw Unknown(description: "nobody says what \(column) of a comparison is")
        }
    }

    /// A row minus the reference, then the claims about other pairs.
    private func difference(_ table: PageTable, _ place: Int, _ column: String) throws -> Expected {
        let text = table.rows[place].first?.text ?? ""
        let names = text.split(separator: " − ").map(String.init)
        let reference = json["reference"] as? String ?? ""
        let (left, right) = names.count == 2 ? (names[0], names[1]) : (text, reference)
        if column == "comparison" { return .words(text) }
        if column.hasPrefix("seed_") {
            let values = try [left, right].map { Self.number(try value(row($0), seed: column)) }
            guard let first = values[0], let second = values[1] else { return .number(nil) }
            return .number(first - second)
        }
        let claim = list("claims").first { $0["better"] as? String == left && $0["worse"] as? String == right }
        let object = names.count == 2 ? claim : try row(left)
        return try comparison(object ?? [:], [], column)
    }
}
