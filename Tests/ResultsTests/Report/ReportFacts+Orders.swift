import Foundation

@testable import Results

/// Landscapes, rungs, fronts, curves and trials.
extension ReportFacts {
    private func objects(_ name: String, _ object: Object?) -> [Object] { object?[name] as? [Object] ?? [] }

    func position(_ place: Int, _ column: String) throws -> Expected {
        let position = objects("positions", objects("landscapes", json).first)[place]
        switch column {
        case "position": return .words("block \(position["place"] ?? "")")
        case "placements", "with", "without", "difference": return .number(position[column])
        case "interval": return .range(position["low"], position["high"])
        default: throw Unknown(description: "nobody says what \(column) of a position is")
        }
    }

    func rung(_ place: Int, _ column: String) throws -> Expected {
        let all = objects("bracket", json).flatMap { rung in
            objects("outcomes", rung).map { (rung: rung, outcome: $0) }
        }
        let (rung, outcome) = all[place]
        switch column {
        case "row", "outcome": return .words(outcome[column] as? String ?? "")
        case "epochs": return .number(rung[column])
        case "value", "place": return .number(outcome[column])
        default: throw Unknown(description: "nobody says what \(column) of a rung is")
        }
    }

    func placement(_ name: String, _ column: String) throws -> Expected {
        let placement = objects("placements", objects("landscapes", json).first)
            .first { $0["row"] as? String == name }
        switch column {
        case "row": return .words(name)
        // The blocks are drawn; their tooltips are words.
        case "layout": return .words("stage 1, block 1")
        case "mean", "epochs": return .number(placement?[column])
        case "stopped_after": return .number(try row(name)[column])
        default: throw Unknown(description: "nobody says what \(column) of a placement is")
        }
    }

    private func standing(_ cost: String, _ name: String) -> Object? {
        let front = objects("fronts", json).first { $0["cost"] as? String == cost }
        return objects("rows", front).first { $0["row"] as? String == name }
    }

    func front(_ name: String, _ column: String) throws -> Expected {
        switch column {
        case "row": return .words(name)
        case "mean": return .number(try row(name)["mean"])
        default:
            guard let standing = standing(column, name) else { return .words("") }
            guard standing["on_front"] as? Bool == false else { return .words("●") }
            let isDecided = standing["decided"] as? Bool ?? false
            return .words("< \(standing["dominated_by"] as? String ?? "")\(isDecided ? "" : " ?")")
        }
    }

    func standing(_ table: PageTable, _ name: String, _ column: String) throws -> Expected {
        let standing = standing(table.columns[1], name)
        let isOnFront = standing?["on_front"] as? Bool
        switch column {
        case "row": return .words(name)
        case "on_front": return .flag(isOnFront)
        case "dominated_by": return .words(standing?[column] as? String ?? "")
        case "decided": return .flag(isOnFront == true ? nil : standing?[column] as? Bool)
        case "mean_interval": return .range(try row(name)["mean_low"], try row(name)["mean_high"])
        default: return .number(try row(name)[column])
        }
    }

    /// `v_curves`, which `show --format json` prints trial by trial.
    func curve(_ table: PageTable, _ place: Int, _ column: String) throws -> Expected {
        let (row, epoch) = (table.rows[place][0].text, table.rows[place][1].value ?? 0)
        if column == "row" { return .words(row) }
        if column == "epoch" { return .number(epoch) }
        let isLoss = table.name == "training-loss-numbers"
        let values = try reader.query(
            """
            SELECT value FROM v_curves WHERE experiment = '\(experiment)' AND row = '\(row)' AND epoch = \(Int(epoch))
                AND split = '\(isLoss ? "train" : "validation")' AND metric = '\(isLoss ? "loss" : "accuracy")' AND part = ''
                AND state != 'diverged' ORDER BY seed
            """
        ).rows.compactMap { cells in if case .real(let value) = cells[0] { value } else { nil } }
        switch column {
        case "mean": return .number(Moments.mean(values))
        case "lowest": return .number(values.min())
        case "highest": return .number(values.max())
        case "seeds": return .number(Double(values.count))
        default: throw Unknown(description: "nobody says what \(column) of a curve is")
        }
    }

    /// What the summary has of a trial, and the rest from `v_trials`, which `results --format json` prints.
    func trial(_ table: PageTable, _ place: Int, _ column: String) throws -> Expected {
        let (name, seed) = (table.rows[place][0].text, Int(table.rows[place][1].value ?? -1))
        let outcome = objects("seeds", try row(name)).first { $0["seed"] as? Int == seed }
        switch column {
        case "row": return .words(name)
        case "seed": return .number(outcome?["seed"])
        case "state": return .words(outcome?["state"] as? String ?? "")
        case "value": return .number(outcome?["value"])
        case "identity": return .words(String((outcome?["trial"] as? String ?? "").prefix(12)))
        case "selected_epoch", "wall_seconds", "attempts", "message":
            let cell = try reader.query(
                """
                SELECT \(column) FROM v_trials WHERE experiment = '\(experiment)' AND row = '\(name)' AND seed = \(seed)
                """
            ).rows.first?.first
            switch cell {
            case .integer(let integer): return .number(Double(integer))
            case .real(let real): return .number(real)
            case .text(let text): return .words(outcome?["state"] as? String == "done" ? "" : text)
            default: return column == "message" ? .words("") : .number(column == "attempts" ? 0.0 : nil)
            }
        default: throw Unknown(description: "nobody says what \(column) of a trial is")
        }
    }
}
