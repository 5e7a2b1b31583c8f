extension SchemaTables {
    /// Whether an attempt computed blocks twice (`--recompute`): its memory and speed are another's. NULL where an older version
    /// trained, which does not say.
    static let version5 = [
        "ALTER TABLE attempt ADD COLUMN recomputed INTEGER CHECK (recomputed IN (0, 1))"
    ]
}
