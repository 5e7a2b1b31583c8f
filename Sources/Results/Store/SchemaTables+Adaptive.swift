extension SchemaTables {
    /// What runs that decide as they go have decided: seeds that were added, looks, brackets.
    static let version3 = [
        """
        CREATE TABLE adaptive_plan (
            experiment INTEGER PRIMARY KEY REFERENCES experiment (id) ON DELETE CASCADE,
            most_pairs INTEGER NOT NULL,
            power REAL NOT NULL,
            created_at TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE added_seed (
            row INTEGER NOT NULL REFERENCES experiment_row (id) ON DELETE CASCADE,
            seed INTEGER NOT NULL,
            created_at TEXT NOT NULL,
            PRIMARY KEY (row, seed)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE look (
            experiment INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
            better TEXT NOT NULL,
            worse TEXT NOT NULL,
            pairs INTEGER NOT NULL,
            mean REAL NOT NULL,
            p REAL NOT NULL,
            p_holm REAL NOT NULL,
            verdict TEXT NOT NULL,
            created_at TEXT NOT NULL,
            PRIMARY KEY (experiment, better, worse, pairs)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE bracket (
            experiment INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
            rung INTEGER NOT NULL,
            epochs INTEGER NOT NULL,
            keep REAL NOT NULL,
            PRIMARY KEY (experiment, rung)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE bracket_row (
            experiment INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
            rung INTEGER NOT NULL,
            row INTEGER NOT NULL REFERENCES experiment_row (id) ON DELETE CASCADE,
            place INTEGER,
            value REAL,
            outcome TEXT NOT NULL CHECK (outcome IN ('promoted', 'always', 'stopped')),
            created_at TEXT NOT NULL,
            PRIMARY KEY (experiment, rung, row)
        ) WITHOUT ROWID
        """,
    ]
}
