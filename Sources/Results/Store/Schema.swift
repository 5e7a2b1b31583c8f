import GRDB

/// The versions of the database's schema and how one becomes the next.
///
/// A released migration is never edited: a change is a new migration. Views hold no data; they are made anew each time
/// a migration runs, so that they always fit the tables.
enum Schema {
    /// The version that this program writes; stored as SQLite's `user_version`.
    static let version = 5

    /// "abla" in ASCII, stored as SQLite's `application_id`: tells a results database from any other.
    static let applicationIdentifier = 0x6162_6c61

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 tables") { database in
            for statement in SchemaTables.version1 {
                try database.execute(sql: statement)
            }
            try finish(1, database)
        }
        migrator.registerMigration("2 removal, verification, gradient checks") { database in
            for statement in SchemaTables.version2 {
                try database.execute(sql: statement)
            }
            try finish(2, database)
        }
        migrator.registerMigration("3 added seeds, looks, brackets") { database in
            for statement in SchemaTables.version3 {
                try database.execute(sql: statement)
            }
            try finish(3, database)
        }
        migrator.registerMigration("4 selected axes") { database in
            for statement in SchemaTables.version4 {
                try database.execute(sql: statement)
            }
            try finish(4, database)
        }
        migrator.registerMigration("5 blocks computed twice") { database in
            for statement in SchemaTables.version5 {
                try database.execute(sql: statement)
            }
            try finish(5, database)
        }
        return migrator
    }

    /// Makes the views anew and notes the version.
    private static func finish(_ version: Int, _ database: Database) throws {
        for view in SchemaViews.all {
            try database.execute(sql: "DROP VIEW IF EXISTS \(view.name)")
            try database.execute(sql: view.statement)
        }
        try database.execute(sql: "PRAGMA user_version = \(version)")
        try database.execute(sql: "PRAGMA application_id = \(applicationIdentifier)")
    }
}
