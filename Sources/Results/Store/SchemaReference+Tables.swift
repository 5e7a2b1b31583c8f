extension SchemaReference {
    static let tables = experiments + trials + attempts + adaptive

    private static let experiments = [
        table(
            "experiment", "one line for each experiment file",
            [
                ("id", "key"), ("name", "from the file, unique"), ("question", "what it asks"),
                ("reference", "name of the row that the others are compared with"),
                ("metric", "the metric of its table"),
                ("metric_part", "the part of the test split that the table is about; empty for the whole"),
                ("source", "text of the file"),
                ("published_source", "where the published values are from"), ("notes", "from the file"),
                ("created_at", "first run, UTC"), ("updated_at", "last change of the text, UTC"),
                ("removed_at", "when a person set it aside, UTC; null while it counts"),
                (
                    "selected_axes",
                    "axes of the sweep of which the summary shows each row's best value on validation: JSON list"
                ),
            ]),
        table(
            "experiment_row", "one line for each row of an experiment",
            [
                ("id", "key"), ("experiment", "experiment.id"), ("position", "place in the file, from 0"),
                ("name", "from the file"), ("layout", "canonical layout"),
                ("axes", "what a sweep gave it: JSON list of [axis, value]"),
                ("published", "value of a paper to compare with"),
                ("removed_at", "when the file stopped having it or a person set it aside, UTC; null while it counts"),
            ]),
        table(
            "experiment_seed", "one line for each seed of an experiment",
            [("experiment", "experiment.id"), ("position", "place in the file, from 0"), ("seed", "the seed")]),
        table(
            "claim", "one line for each claim: better > worse",
            [
                ("experiment", "experiment.id"), ("position", "place in the file, from 0"),
                ("better", "name of the row that is claimed to be better"), ("worse", "name of the other row"),
            ]),
    ]

    private static let trials = [
        table(
            "trial", "one line for each trial, whichever experiments use it",
            [
                ("identity", "SHA-256 of specification"),
                ("specification", "everything that can change the result: JSON"),
                ("engine", "version of the numerics"), ("layout", "canonical layout"),
                ("dataset", "name of the data set"), ("dataset_digest", "SHA-256 of its files"),
                ("train_examples", "training examples; null for all"), ("seed", "seed"),
                ("width", "channels of the first stage"), ("epochs", "epochs asked for"),
                ("batch", "images in a batch"), ("optimizer", "adamw or lamb"), ("learning_rate", "peak"),
                ("weight_decay", "decoupled weight decay"),
                ("state", "queued, running, done, failed, diverged, interrupted or lost"),
                ("selected_attempt", "attempt.id whose result counts"), ("created_at", "UTC"),
                ("removed_at", "when a person set it aside, UTC; null while it counts"),
            ]),
        table(
            "row_trial", "which trial a row has for a seed",
            [("row", "experiment_row.id"), ("seed", "the seed"), ("trial", "trial.identity")]),
    ]

    private static let attempts = [
        table(
            "attempt", "one line for each try at a trial",
            [
                ("id", "key"), ("trial", "trial.identity"), ("number", "from 1 for each trial"),
                ("state", "running, done, failed, diverged, interrupted or lost"),
                ("reason", "why it ended without a result"), ("message", "the same in words"),
                ("lease_host", "host of the process that holds it"), ("lease_pid", "its number"),
                ("lease_start", "its start in clock ticks since the host started"),
                ("lease_boot", "which start of the host"), ("claimed_at", "UTC"), ("started_at", "UTC"),
                ("ended_at", "UTC"), ("resumed_after_epoch", "epochs taken over from earlier attempts"),
                ("step", "last step reported"), ("steps", "steps in all"), ("progress_at", "time of that report, UTC"),
                ("host", "host of the worker"), ("pid", "number of the worker process"),
                ("process_start", "start of the worker, seconds since 1970"), ("processor", "CPU"),
                ("code_version", "version of ablate"), ("compiler", "version of the compiler"),
                ("blas", "version of the BLAS"), ("operating_system", "its name and version"),
                ("threads", "threads of the worker"), ("data_digest", "SHA-256 of the data files read"),
                ("selected_epoch", "epoch whose weights are the result"), ("wall_seconds", "time of the whole trial"),
                ("weights_digest", "SHA-256 of the final weights"),
                ("removed_at", "when its trial was set aside, UTC; null while it counts"),
                ("seen_at", "last sign of life of the process that holds it, UTC"),
                ("checked_gradients", "parameters that were seen to get a gradient in the first step"),
                ("recomputed", "1 where blocks were computed twice (`--recompute`), 0 where not, null for not known"),
            ]),
        table(
            "verification", "one line for each time that a finished trial was trained again to compare bits",
            [
                ("id", "key"), ("trial", "trial.identity"), ("attempt", "attempt.id that was compared with"),
                ("verified_at", "UTC"), ("is_equal", "1 where every bit was the same, else 0"),
                ("first_difference", "the first number that was not; null where all were"),
                ("weights_digest", "SHA-256 of the weights of the repetition"), ("host", "host of the repetition"),
                ("processor", "its CPU"), ("code_version", "its version of ablate"), ("threads", "its threads"),
                ("wall_seconds", "its time"),
            ]),
        table(
            "epoch", "one line for each epoch of an attempt",
            [
                ("attempt", "attempt.id"), ("epoch", "from 1"), ("learning_rate", "at the end of the epoch"),
                ("gradient_norm", "mean over steps, before clipping"), ("train_seconds", "training time"),
                ("evaluation_seconds", "evaluation time"),
            ]),
        table(
            "metric", "one line for each number measured after an epoch",
            [
                ("attempt", "attempt.id"), ("epoch", "from 1"), ("split", "train, validation or test"),
                ("name", "loss, accuracy, …"), ("part", "part of the split; empty for the whole"),
                ("value", "null for not a number"),
            ]),
        table(
            "result", "one line for each number at the selected epoch of a finished attempt",
            [
                ("attempt", "attempt.id"), ("split", "train, validation or test"), ("name", "loss, accuracy, …"),
                ("part", "part of the split; empty for the whole"), ("value", "null for not a number"),
            ]),
        table(
            "measurement", "size and speed of an attempt's network",
            [
                ("attempt", "attempt.id"), ("parameters", "trainable numbers"),
                ("multiply_accumulates", "of one image's forward pass, scan and attention included"),
                ("activation_bytes", "peak of the buffer pool in a training step"),
                ("peak_resident_bytes", "highest resident memory of the worker"),
                ("training_median", "median of the repeats"), ("training_minimum", "lowest of the repeats"),
                ("training_maximum", "highest of the repeats"), ("training_repeats", "number of repeats"),
                ("inference_median", "median of the repeats"), ("inference_minimum", "lowest of the repeats"),
                ("inference_maximum", "highest of the repeats"), ("inference_repeats", "number of repeats"),
            ]),
    ]
}
