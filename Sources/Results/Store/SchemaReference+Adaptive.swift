extension SchemaReference {
    static let adaptive = [
        table(
            "adaptive_plan", "one line for each experiment that `run --until-decided` has begun",
            [
                ("experiment", "experiment.id"), ("most_pairs", "seeds of a row at most; fixed before the first look"),
                ("power", "the share of the error that n pairs may use up is (n / most_pairs) to this power"),
                ("created_at", "UTC"),
            ]),
        table(
            "added_seed", "one line for each seed that a row got beyond the file's",
            [("row", "experiment_row.id"), ("seed", "the seed"), ("created_at", "UTC")]),
        table(
            "look", "what `run --until-decided` saw of a claim when it had so many pairs",
            [
                ("experiment", "experiment.id"), ("better", "name of the row that is claimed to be better"),
                ("worse", "name of the other row"), ("pairs", "pairs of seeds"), ("mean", "mean difference"),
                ("p", "sign-flip p-value corrected for looking after every pair"),
                ("p_holm", "the same, adjusted over the claims"), ("verdict", "what it came to"), ("created_at", "UTC"),
            ]),
        table(
            "bracket", "one line for each rung of an experiment that `run --halving` has begun",
            [
                ("experiment", "experiment.id"), ("rung", "from 0"), ("epochs", "epochs that its trials have had"),
                ("keep", "the share of the rows that goes on"),
            ]),
        table(
            "bracket_row", "what became of a row at a rung",
            [
                ("experiment", "experiment.id"), ("rung", "from 0"), ("row", "experiment_row.id"),
                ("place", "from 1 for the best; null without a value"),
                ("value", "mean validation metric over the seeds after the rung's epochs"),
                (
                    "outcome",
                    "promoted, stopped, or always: it goes on whatever its place, as the reference and rows of claims do"
                ),
                ("created_at", "UTC"),
            ]),
    ]
}
