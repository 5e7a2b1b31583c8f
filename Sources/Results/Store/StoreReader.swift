import GRDB

/// The results database, open for questions.
public struct StoreReader: Sendable {
    public let path: String
    let database: any DatabaseReader

    init(path: String, database: any DatabaseReader) {
        self.path = path
        self.database = database
    }

    /// The version of the file's schema.
    public func schemaVersion() throws -> Int {
        try read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    }

    /// The names of the experiments, in the order in which they came.
    public func experimentNames() throws -> [String] {
        try read { try StoreReader.experimentNames($0) }
    }

    /// The text of an experiment's file as it was last run.
    public func source(experiment name: String) throws -> String {
        try read { database in
            try String.fetchOne(
                database, sql: "SELECT source FROM experiment WHERE id = ?", arguments: [experiment(name, database)])
                ?? ""
        }
    }

    static func experimentNames(_ database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT name FROM experiment WHERE removed_at IS NULL ORDER BY id")
    }

    /// Runs `body` on one consistent state of the database and gives errors of SQLite the user's words.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Store.opening(path) { try database.read(body) }
    }

    /// The row identifier of an experiment.
    func experiment(_ name: String, _ database: Database) throws -> Int64 {
        let found = try Row.fetchOne(
            database, sql: "SELECT id, removed_at FROM experiment WHERE name = ?", arguments: [name])
        guard let found else {
            let known = try StoreReader.experimentNames(database)
            guard !known.contains(name) else {
                throw StoreError(
                    .damaged, "\(path) is damaged: its index does not know the experiment \(name), and its table does",
                    remedy: StoreError.restore)
            }
            throw StoreError.unknownExperiment(name, path: path, known: known)
        }
        if let removed: String = try found.value("removed_at") {
            throw StoreError(
                .unknown, "the experiment \(name) in \(path) was removed on \(removed.prefix(10))",
                remedy: "ablate restore --experiment \(name) brings it back")
        }
        return try found.value("id")
    }
}
