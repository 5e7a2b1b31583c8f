/// The views that people query: documented column by column in ``SchemaReference``.
///
/// They use plain SQLite without optional functions, so that every program that reads SQLite can read them.
enum SchemaViews {
    struct View: Sendable {
        let name: String
        let statement: String
    }

    static let all = [trials, curves, pairs, summary]

    private static let trials = View(
        name: "v_trials",
        statement: """
            CREATE VIEW v_trials AS
            SELECT e.name AS experiment, r.name AS "row", r.position AS position, r.layout AS layout,
                t.dataset AS dataset, t.seed AS seed, t.state AS state, a.reason AS reason, a.message AS message,
                a.number AS attempts, v.value AS value, e.metric AS metric,
                accuracy.value AS accuracy, loss.value AS loss, validation.value AS validation_accuracy,
                a.selected_epoch AS selected_epoch, t.epochs AS epochs, t.batch AS batch, t.optimizer AS optimizer,
                t.learning_rate AS learning_rate, t.weight_decay AS weight_decay, t.width AS width,
                m.parameters AS parameters, m.multiply_accumulates AS multiply_accumulates,
                m.activation_bytes AS activation_bytes, m.peak_resident_bytes AS peak_resident_bytes,
                m.training_median AS training_throughput, m.inference_median AS inference_throughput,
                a.recomputed AS recomputed, a.wall_seconds AS wall_seconds, a.weights_digest AS weights_digest,
                t.identity AS identity
            FROM experiment e
            JOIN experiment_row r ON r.experiment = e.id AND r.removed_at IS NULL
            JOIN row_trial rt ON rt.row = r.id
            JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
            LEFT JOIN attempt a ON a.id = coalesce(t.selected_attempt,
                (SELECT id FROM attempt WHERE trial = t.identity AND removed_at IS NULL ORDER BY number DESC LIMIT 1))
            LEFT JOIN measurement m ON m.attempt = a.id
            LEFT JOIN result v ON v.attempt = t.selected_attempt AND v.split = 'test' AND v.name = e.metric
                AND v.part = e.metric_part
            LEFT JOIN result accuracy ON accuracy.attempt = t.selected_attempt AND accuracy.split = 'test'
                AND accuracy.name = 'accuracy' AND accuracy.part = ''
            LEFT JOIN result loss ON loss.attempt = t.selected_attempt AND loss.split = 'test'
                AND loss.name = 'loss' AND loss.part = ''
            LEFT JOIN result validation ON validation.attempt = t.selected_attempt AND validation.split = 'validation'
                AND validation.name = 'accuracy' AND validation.part = ''
            WHERE e.removed_at IS NULL
            """)

    private static let curves = View(
        name: "v_curves",
        statement: """
            CREATE VIEW v_curves AS
            SELECT e.name AS experiment, r.name AS "row", r.layout AS layout, t.seed AS seed, t.state AS state,
                m.epoch AS epoch, m.split AS split, m.name AS metric, m.part AS part, m.value AS value,
                p.learning_rate AS learning_rate, p.gradient_norm AS gradient_norm,
                p.train_seconds AS train_seconds, t.identity AS identity
            FROM experiment e
            JOIN experiment_row r ON r.experiment = e.id AND r.removed_at IS NULL
            JOIN row_trial rt ON rt.row = r.id
            JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
            JOIN epoch p ON p.attempt = coalesce(t.selected_attempt,
                (SELECT id FROM attempt WHERE trial = t.identity AND removed_at IS NULL ORDER BY number DESC LIMIT 1))
            JOIN metric m ON m.attempt = p.attempt AND m.epoch = p.epoch
            WHERE e.removed_at IS NULL
            """)

    private static let pairs = View(
        name: "v_pairs",
        statement: """
            CREATE VIEW v_pairs AS
            SELECT e.name AS experiment, r.name AS "row", f.name AS reference, rt.seed AS seed,
                v.name AS metric, v.part AS part, v.value AS value, w.value AS reference_value,
                v.value - w.value AS difference
            FROM experiment e
            JOIN experiment_row r ON r.experiment = e.id AND r.removed_at IS NULL
            JOIN experiment_row f ON f.experiment = e.id AND f.name = e.reference AND f.removed_at IS NULL
                AND f.id <> r.id
            JOIN row_trial rt ON rt.row = r.id
            JOIN row_trial ft ON ft.row = f.id AND ft.seed = rt.seed
            JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
            JOIN trial u ON u.identity = ft.trial AND u.removed_at IS NULL
            JOIN result v ON v.attempt = t.selected_attempt AND v.split = 'test' AND v.name = e.metric
            JOIN result w ON w.attempt = u.selected_attempt AND w.split = 'test' AND w.name = e.metric
                AND w.part = v.part
            WHERE t.state = 'done' AND u.state = 'done' AND e.removed_at IS NULL
            """)

    /// The standard deviation's square root is Newton's iteration, because not every SQLite has `sqrt`.
    private static let summary = View(
        name: "v_summary",
        statement: """
            CREATE VIEW v_summary AS
            WITH RECURSIVE
            total AS (
                SELECT r.id AS row, count(*) AS trials, sum(t.state = 'done') AS done,
                    sum(t.state = 'diverged') AS diverged, sum(t.state = 'failed') AS failed,
                    avg(v.value) AS mean, min(v.value) AS minimum, max(v.value) AS maximum,
                    count(v.value) AS n, max(m.parameters) AS parameters,
                    max(m.multiply_accumulates) AS multiply_accumulates,
                    avg(m.training_median) AS training_throughput, avg(m.inference_median) AS inference_throughput,
                    avg(a.wall_seconds) AS wall_seconds
                FROM experiment_row r
                JOIN experiment e ON e.id = r.experiment
                JOIN row_trial rt ON rt.row = r.id
                JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
                LEFT JOIN attempt a ON a.id = t.selected_attempt
                LEFT JOIN measurement m ON m.attempt = t.selected_attempt
                LEFT JOIN result v ON v.attempt = t.selected_attempt AND v.split = 'test' AND v.name = e.metric
                AND v.part = e.metric_part
                WHERE r.removed_at IS NULL AND e.removed_at IS NULL
                GROUP BY r.id
            ),
            spread AS (
                SELECT g.row AS row, sum((v.value - g.mean) * (v.value - g.mean)) / (g.n - 1) AS variance
                FROM total g
                JOIN experiment_row r ON r.id = g.row
                JOIN experiment e ON e.id = r.experiment
                JOIN row_trial rt ON rt.row = g.row
                JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
                JOIN result v ON v.attempt = t.selected_attempt AND v.split = 'test' AND v.name = e.metric
                AND v.part = e.metric_part
                WHERE g.n > 1
                GROUP BY g.row
            ),
            root (row, variance, x, step) AS (
                SELECT row, variance, CASE WHEN variance > 1 THEN variance ELSE 1.0 END, 0 FROM spread
                UNION ALL
                SELECT row, variance, (x + variance / x) / 2, step + 1 FROM root WHERE step < 60
            )
            SELECT e.name AS experiment, r.name AS "row", r.position AS position, r.layout AS layout,
                r.name = e.reference AS is_reference, e.metric AS metric, g.trials AS seeds, g.done AS done,
                g.diverged AS diverged, g.failed AS failed, g.mean AS mean,
                CASE WHEN s.variance = 0 THEN 0.0 ELSE q.x END AS sd,
                g.minimum AS minimum, g.maximum AS maximum, r.published AS published, g.parameters AS parameters,
                g.multiply_accumulates AS multiply_accumulates, g.training_throughput AS training_throughput,
                g.inference_throughput AS inference_throughput, g.wall_seconds AS wall_seconds
            FROM total g
            JOIN experiment_row r ON r.id = g.row
            JOIN experiment e ON e.id = r.experiment
            LEFT JOIN spread s ON s.row = g.row
            LEFT JOIN root q ON q.row = g.row AND q.step = 60
            """)
}
