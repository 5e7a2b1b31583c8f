/// The statements that make the tables, version by version.
enum SchemaTables {
    static let version1 = experiments + trials + attempts + indexes

    private static let experiments = [
        """
        CREATE TABLE experiment (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            question TEXT NOT NULL,
            reference TEXT NOT NULL,
            metric TEXT NOT NULL,
            metric_part TEXT NOT NULL,
            source TEXT NOT NULL,
            published_source TEXT,
            notes TEXT,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE experiment_row (
            id INTEGER PRIMARY KEY,
            experiment INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            layout TEXT NOT NULL,
            axes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(axes)),
            published REAL,
            removed_at TEXT,
            UNIQUE (experiment, name)
        )
        """,
        """
        CREATE TABLE experiment_seed (
            experiment INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            seed INTEGER NOT NULL,
            PRIMARY KEY (experiment, seed)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE claim (
            experiment INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            better TEXT NOT NULL,
            worse TEXT NOT NULL,
            PRIMARY KEY (experiment, position)
        ) WITHOUT ROWID
        """,
    ]

    private static let trials = [
        """
        CREATE TABLE trial (
            identity TEXT PRIMARY KEY NOT NULL,
            specification TEXT NOT NULL CHECK (json_valid(specification)),
            engine INTEGER NOT NULL,
            layout TEXT NOT NULL,
            dataset TEXT NOT NULL,
            dataset_digest TEXT,
            train_examples INTEGER,
            seed INTEGER NOT NULL,
            width INTEGER NOT NULL,
            epochs INTEGER NOT NULL,
            batch INTEGER NOT NULL,
            optimizer TEXT NOT NULL,
            learning_rate REAL NOT NULL,
            weight_decay REAL NOT NULL,
            state TEXT NOT NULL CHECK
                (state IN ('queued', 'running', 'done', 'failed', 'diverged', 'interrupted', 'lost')),
            selected_attempt INTEGER REFERENCES attempt (id),
            created_at TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE row_trial (
            row INTEGER NOT NULL REFERENCES experiment_row (id) ON DELETE CASCADE,
            seed INTEGER NOT NULL,
            trial TEXT NOT NULL REFERENCES trial (identity),
            PRIMARY KEY (row, seed)
        ) WITHOUT ROWID
        """,
    ]

    private static let attempts = [
        """
        CREATE TABLE attempt (
            id INTEGER PRIMARY KEY,
            trial TEXT NOT NULL REFERENCES trial (identity),
            number INTEGER NOT NULL,
            state TEXT NOT NULL CHECK
                (state IN ('running', 'done', 'failed', 'diverged', 'interrupted', 'lost')),
            reason TEXT,
            message TEXT,
            lease_host TEXT NOT NULL,
            lease_pid INTEGER NOT NULL,
            lease_start INTEGER NOT NULL,
            lease_boot TEXT NOT NULL,
            claimed_at TEXT NOT NULL,
            started_at TEXT,
            ended_at TEXT,
            resumed_after_epoch INTEGER NOT NULL DEFAULT 0,
            step INTEGER,
            steps INTEGER,
            progress_at TEXT,
            host TEXT,
            pid INTEGER,
            process_start REAL,
            processor TEXT,
            code_version TEXT,
            compiler TEXT,
            blas TEXT,
            operating_system TEXT,
            threads INTEGER,
            data_digest TEXT,
            selected_epoch INTEGER,
            wall_seconds REAL,
            weights_digest TEXT,
            UNIQUE (trial, number)
        )
        """,
        """
        CREATE TABLE epoch (
            attempt INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
            epoch INTEGER NOT NULL,
            learning_rate REAL NOT NULL,
            gradient_norm REAL,
            train_seconds REAL NOT NULL,
            evaluation_seconds REAL NOT NULL,
            PRIMARY KEY (attempt, epoch)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE metric (
            attempt INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
            epoch INTEGER NOT NULL,
            split TEXT NOT NULL,
            name TEXT NOT NULL,
            part TEXT NOT NULL,
            value REAL,
            PRIMARY KEY (attempt, epoch, split, name, part)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE result (
            attempt INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
            split TEXT NOT NULL,
            name TEXT NOT NULL,
            part TEXT NOT NULL,
            value REAL,
            PRIMARY KEY (attempt, split, name, part)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE measurement (
            attempt INTEGER PRIMARY KEY REFERENCES attempt (id) ON DELETE CASCADE,
            parameters INTEGER NOT NULL,
            multiply_accumulates INTEGER NOT NULL,
            activation_bytes INTEGER NOT NULL,
            peak_resident_bytes INTEGER NOT NULL,
            training_median REAL,
            training_minimum REAL,
            training_maximum REAL,
            training_repeats INTEGER NOT NULL,
            inference_median REAL,
            inference_minimum REAL,
            inference_maximum REAL,
            inference_repeats INTEGER NOT NULL
        )
        """,
    ]

    private static let indexes = [
        "CREATE INDEX trial_by_state ON trial (state)",
        "CREATE INDEX trial_by_layout ON trial (layout, dataset)",
        "CREATE INDEX row_trial_by_trial ON row_trial (trial)",
        "CREATE INDEX attempt_by_state ON attempt (state)",
    ]
}
