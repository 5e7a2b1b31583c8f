extension SchemaReference {
    static let views = [
        view(
            "v_trials", "one line for each row and seed of each experiment",
            [
                ("experiment", "name of the experiment"), ("row", "name of the row"),
                ("position", "place of the row in the file, from 0"), ("layout", "canonical layout"),
                ("dataset", "name of the data set"), ("seed", "seed of the trial"),
                ("state", "queued, running, done, failed, diverged, interrupted or lost"),
                ("reason", "why the latest attempt ended without a result"), ("message", "the same in words"),
                ("attempts", "number of the attempt shown"),
                ("value", "the experiment's metric on test, whole split, at the selected epoch"),
                ("metric", "the experiment's metric"), ("accuracy", "test accuracy, 0 to 1"), ("loss", "test loss"),
                ("validation_accuracy", "validation accuracy at the selected epoch, 0 to 1"),
                ("selected_epoch", "epoch whose weights are the result"), ("epochs", "epochs asked for"),
                ("batch", "images in a batch"), ("optimizer", "adamw or lamb"),
                ("learning_rate", "peak learning rate"), ("weight_decay", "decoupled weight decay"),
                ("width", "channels of the first stage"), ("parameters", "trainable numbers"),
                ("multiply_accumulates", "of one image's forward pass, scan and attention included"),
                ("activation_bytes", "peak of the buffer pool in a training step"),
                ("peak_resident_bytes", "highest resident memory of the worker"),
                ("training_throughput", "median of the repeats"), ("inference_throughput", "median of the repeats"),
                (
                    "recomputed",
                    "1 where memory and training speed are those of `--recompute`, 0 where not, null for not known"
                ),
                ("wall_seconds", "time of the whole trial"), ("weights_digest", "SHA-256 of the final weights"),
                ("identity", "SHA-256 of everything that can change the result"),
            ]),
        view(
            "v_summary", "one line for each row of each experiment",
            [
                ("experiment", "name of the experiment"), ("row", "name of the row"),
                ("position", "place of the row in the file, from 0"), ("layout", "canonical layout"),
                ("is_reference", "1 for the row that the others are compared with"),
                ("metric", "the experiment's metric"), ("seeds", "trials asked for"), ("done", "trials with a result"),
                ("diverged", "trials whose loss became infinite or not a number"),
                ("failed", "trials that failed for another reason"), ("mean", "of the test metric over seeds done"),
                ("sd", "standard deviation over seeds, n - 1"), ("minimum", "of the test metric over seeds"),
                ("maximum", "of the test metric over seeds"), ("published", "value of a paper to compare with"),
                ("parameters", "trainable numbers"), ("multiply_accumulates", "of one image's forward pass"),
                ("training_throughput", "mean over seeds of the medians"),
                ("inference_throughput", "mean over seeds of the medians"), ("wall_seconds", "mean time of a trial"),
            ]),
        view(
            "v_pairs", "one line for each row, seed and part: the difference to the reference with the same seed",
            [
                ("experiment", "name of the experiment"), ("row", "name of the row"),
                ("reference", "name of the reference row"), ("seed", "seed of both trials"),
                ("metric", "the experiment's metric"), ("part", "part of the test split; empty for the whole"),
                ("value", "of the row"), ("reference_value", "of the reference"),
                ("difference", "value minus reference_value"),
            ]),
        view(
            "v_curves", "one line for each metric of each epoch of each trial",
            [
                ("experiment", "name of the experiment"), ("row", "name of the row"), ("layout", "canonical layout"),
                ("seed", "seed of the trial"), ("state", "state of the trial"), ("epoch", "from 1"),
                ("split", "train, validation or test"), ("metric", "loss, accuracy, …"),
                ("part", "part of the split; empty for the whole"), ("value", "of the metric; null for not a number"),
                ("learning_rate", "at the end of the epoch"), ("gradient_norm", "mean over steps, before clipping"),
                ("train_seconds", "training time of the epoch"),
                ("identity", "SHA-256 of everything that can change the result"),
            ]),
    ]
}
