import Experiments

extension TrialDetails {
    /// One line a fact: section, name, value.
    var flat: Table {
        var rows = [
            ["trial", "identity", identity], ["trial", "state", state.rawValue], ["trial", "layout", layout],
            ["trial", "seed", String(seed)],
        ]
        rows += places.map { ["row", $0.experiment, $0.row] }
        rows += settings.map { ["setting", $0.path, $0.value] }
        if case .normalized(let mean, let deviation) = pixels {
            rows += [("pixel mean", mean), ("pixel sd", deviation)].map { name, values in
                ["setting", name, values.map { "\($0)" }.joined(separator: ", ")]
            }
        }
        rows += results.map { number in
            let name = [number.split, number.name, number.part].filter { !$0.isEmpty }.joined(separator: " ")
            return ["result", name, number.value.map { "\($0)" } ?? ""]
        }
        rows += attempts.map { ["attempt", String($0.number), $0.state] }
        rows += shownAttempt?.provenance.map { ["provenance", $0.path, $0.value] } ?? []
        return Table(
            columns: [.init("section"), .init("name"), .init("value")], rows: rows.map { $0.map { .text($0) } })
    }

    var json: JSONText {
        let head: [(String, JSONText)] = [
            ("schema", .integer(JSONTable.schema)), ("identity", .text(identity)), ("state", .text(state.rawValue)),
            ("layout", .text(layout)), ("seed", .integer(seed)),
            (
                "rows",
                .list(places.map { .object([("experiment", .text($0.experiment)), ("row", .text($0.row))]) })
            ),
            ("settings", .object(settings.map { ($0.path, .text($0.value)) })),
        ]
        let rest: [(String, JSONText)] = [
            ("selected_epoch", .integer(selectedEpoch)), ("results", .list(results.map(TrialDetails.json))),
            ("parameters", .integer(size?.parameters)),
            ("multiply_accumulates", .integer(size?.multiplyAccumulates)),
            ("activation_bytes", .integer(size?.activationBytes)),
            ("peak_resident_bytes", .integer(size?.peakResidentBytes)),
            ("training_throughput", .number(size?.trainingThroughput)),
            ("inference_throughput", .number(size?.inferenceThroughput)),
            ("curves", .list(curves.map(TrialDetails.json))), ("attempts", .list(attempts.map(TrialDetails.json))),
        ]
        return .object(head + pixelNumbers + rest)
    }

    /// How pixels are normalised; null where that is not known.
    private var pixelNumbers: [(String, JSONText)] {
        guard case .normalized(let mean, let deviation) = pixels else {
            return [("pixel_mean", .null), ("pixel_sd", .null)]
        }
        return [("pixel_mean", mean), ("pixel_sd", deviation)].map { ($0, .list($1.map { .number($0) })) }
    }

    private static func json(_ number: Number) -> JSONText {
        .object([
            ("split", .text(number.split)), ("metric", .text(number.name)), ("part", .text(number.part)),
            ("value", .number(number.value)),
        ])
    }

    private static func json(_ curve: Curve) -> JSONText {
        .object([
            ("split", .text(curve.split)), ("metric", .text(curve.name)), ("part", .text(curve.part)),
            ("first_epoch", .integer(curve.firstEpoch)), ("values", .list(curve.values.map { .number($0) })),
        ])
    }

    private static func json(_ attempt: Attempt) -> JSONText {
        .object([
            ("number", .integer(attempt.number)), ("state", .text(attempt.state)), ("reason", .text(attempt.reason)),
            ("message", .text(attempt.message)), ("started_at", .text(attempt.startedAt)),
            ("ended_at", .text(attempt.endedAt)), ("resumed_after_epoch", .integer(attempt.resumedAfterEpoch)),
            ("epochs", .integer(attempt.epochs)), ("wall_seconds", .number(attempt.wallSeconds)),
            ("selected", .flag(attempt.isSelected)),
            ("provenance", .object(attempt.provenance.map { ($0.path, .text($0.value)) })),
        ])
    }
}
