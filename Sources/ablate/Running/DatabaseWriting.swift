import Foundation
import Results

extension DatabaseOptions {
    /// Opens the database for writing for as long as `body` takes, and folds the write-ahead log into the file
    /// afterwards. Where that fails nothing is lost: SQLite keeps the log.
    func writing<Value>(_ talk: TalkOptions, _ body: (Store) async throws -> Value) async throws -> Value {
        // Nobody who stops listening, to a pipe or on a terminal, ends what is being written.
        signal(SIGPIPE, SIG_IGN)
        let isNew = !FileManager.default.fileExists(atPath: path)
        let store = try Store.open(path: path)
        if isNew { talk.say("ablate: new database \(path)") }
        defer {
            do {
                try store.close()
            } catch {
                talk.say("ablate: warning: \(error)")
            }
        }
        return try await body(store)
    }
}
