import Experiments

/// A column by which trials are printed, filtered, sorted and grouped: one of `v_trials`, or a setting such as `train.lr`.
struct ResultColumn: Hashable, Sendable {
    /// What the values of a column are.
    enum Content: Hashable, Sendable {
        case text, number
        /// A setting's values are whatever the file may say.
        case setting
    }

    let name: String
    let content: Content

    /// The column with this name.
    ///
    /// - Throws: ``StoreError`` of kind `query` with the nearest name and all names.
    init(named name: String) throws {
        let known = SchemaReference.views[0].columns.map(\.name)
        if known.contains(name) {
            content = ResultColumn.textColumns.contains(name) ? .text : .number
        } else if SettingKey.named(name)?.isIdentity == true {
            content = .setting
        } else {
            let settings = SettingKey.all.filter(\.isIdentity).map(\.path)
            let nearest = nearestWord(to: name, in: known + settings).map { "Did you mean \($0)? " } ?? ""
            throw StoreError(
                .query, "there is no column \"\(name)\"",
                remedy: nearest + "Columns: \(known.joined(separator: ", ")); and settings, such as train.lr")
        }
        self.name = name
    }

    /// The columns of `v_trials` that hold words.
    static let textColumns: Set = [
        "experiment", "row", "layout", "dataset", "state", "reason", "message", "metric", "optimizer",
        "weights_digest", "identity",
    ]

    /// The column as an expression over `v_trials`.
    var sql: String {
        switch content {
        case .text, .number: "\"\(name)\""
        // The name is one of the settings' paths, so it holds no quotation mark.
        case .setting:
            "(SELECT json_extract(specification, '$.\"\(name)\"') FROM trial WHERE identity = v_trials.identity)"
        }
    }
}

extension Table.Column {
    /// A column of results as people and programs see it.
    init(result column: ResultColumn, narrowing: Narrowing) {
        let (format, alignment) = Table.Column.numbers[column.name] ?? (.plain, .decimal)
        self.init(
            column.name, unit: SchemaReference.unit(ofColumn: column.name),
            alignment: column.content == .text ? .left : alignment, format: format, narrowing: narrowing)
        if ["identity", "weights_digest"].contains(column.name) { shownCharacters = 12 }
    }

    private static let numbers: [String: (NumberFormat, Alignment)] = [
        "value": (.fixed(4), .decimal), "accuracy": (.fixed(4), .decimal), "loss": (.fixed(4), .decimal),
        "validation_accuracy": (.fixed(4), .decimal), "parameters": (.count, .right),
        "multiply_accumulates": (.count, .right), "training_throughput": (.count, .right),
        "inference_throughput": (.count, .right), "activation_bytes": (.bytes, .right),
        "peak_resident_bytes": (.bytes, .right), "wall_seconds": (.duration, .right),
    ]
}
