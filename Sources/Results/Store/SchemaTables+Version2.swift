extension SchemaTables {
    /// What can be set aside and brought back, when a holder was last heard of, whether the gradients were checked, and
    /// what came of training a trial again.
    static let version2 = [
        "ALTER TABLE experiment ADD COLUMN removed_at TEXT",
        "ALTER TABLE trial ADD COLUMN removed_at TEXT",
        "ALTER TABLE attempt ADD COLUMN removed_at TEXT",
        "ALTER TABLE attempt ADD COLUMN seen_at TEXT",
        "ALTER TABLE attempt ADD COLUMN checked_gradients INTEGER",
        """
        CREATE TABLE verification (
            id INTEGER PRIMARY KEY,
            trial TEXT NOT NULL REFERENCES trial (identity),
            attempt INTEGER NOT NULL REFERENCES attempt (id),
            verified_at TEXT NOT NULL,
            is_equal INTEGER NOT NULL CHECK (is_equal IN (0, 1)),
            first_difference TEXT,
            weights_digest TEXT NOT NULL,
            host TEXT NOT NULL,
            processor TEXT NOT NULL,
            code_version TEXT NOT NULL,
            threads INTEGER NOT NULL,
            wall_seconds REAL NOT NULL
        )
        """,
        "CREATE INDEX verification_by_trial ON verification (trial)",
    ]
}
