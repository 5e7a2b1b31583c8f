import Experiments

extension Landscape {
    /// Every placement and every position, with the values of each seed.
    var json: JSONText {
        .object([
            ("name", .text(name)),
            ("metric", .text(metric.name)),
            ("split", .text(metric.split)),
            ("epoch", .integer(epoch)),
            ("seeds", .list(seeds.map { .integer($0) })),
            (
                "positions",
                .list(
                    positions.map { position in
                        .object([
                            ("set", .integer(position.set)), ("place", .integer(position.place)),
                            ("placements", .integer(position.count)), ("with", .number(position.with)),
                            ("without", .number(position.without)),
                            ("difference", .number(position.effect.mean)),
                            ("low", .number(position.effect.interval()?.lowerBound)),
                            ("high", .number(position.effect.interval()?.upperBound)),
                            ("by_seed", .list(position.effect.values.map { .number($0) })),
                        ])
                    })
            ),
            (
                "placements",
                .list(
                    placements.map { placement in
                        .object([
                            ("row", .text(placement.row)),
                            ("places", .list(placement.places.map { .list($0.map { .integer($0) }) })),
                            ("mean", .number(placement.mean)), ("epochs", .integer(placement.epochs)),
                        ])
                    })
            ),
        ])
    }
}

extension Bracket {
    var json: JSONText {
        .list(
            rungs.map { rung in
                .object([
                    ("epochs", .integer(rung.epochs)), ("rows", .integer(rung.rows)),
                    ("stopped", .list(rung.stopped.map { .text($0) })),
                    (
                        "outcomes",
                        .list(
                            rung.outcomes.map { outcome in
                                .object([
                                    ("row", .text(outcome.row)), ("place", .integer(outcome.place)),
                                    ("value", .number(outcome.value)), ("outcome", .text(outcome.decision.rawValue)),
                                ])
                            })
                    ),
                ])
            })
    }
}
