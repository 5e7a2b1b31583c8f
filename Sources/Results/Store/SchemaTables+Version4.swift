extension SchemaTables {
    /// The axes of a sweep of which an experiment's summary shows each row's best value.
    static let version4 = [
        "ALTER TABLE experiment ADD COLUMN selected_axes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(selected_axes))"
    ]
}
