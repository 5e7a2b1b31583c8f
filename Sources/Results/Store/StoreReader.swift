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

    static func experimentNames(_ database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT name FROM experiment ORDER BY id")
    }

    /// Runs `body` on one consistent state of the database and gives errors of SQLite the user's words.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Store.opening(path) { try database.read(body) }
    }

    /// The row identifier of an experiment.
    func experiment(_ name: String, _ database: Database) throws -> Int64 {
        let known = try Int64.fetchOne(database, sql: "SELECT id FROM experiment WHERE name = ?", arguments: [name])
        guard let known else {
            throw StoreError.unknownExperiment(name, path: path, known: try StoreReader.experimentNames(database))
        }
        return known
    }
}
