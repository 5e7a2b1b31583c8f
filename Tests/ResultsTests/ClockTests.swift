import Foundation
import GRDB
import Testing

import Results

/// A clock that was set wrong, or set back, in the middle of a sweep changes dates and nothing else.
@Suite struct ClockTests {
    @Test(arguments: ["1970-01-01 00:00:00.000", "2106-02-07 06:28:15.000"])
    func datesDecideNothing(_ date: String) throws {
        let store = try SummarySamples.store()
        let experiment = try #require(try store.reader.experimentNames().first)
        let before = try Summary(store.reader, experiment: experiment)
        let lastTrial = try Samples.claimAndLeave(store)
        try store.close()

        try DatabaseQueue(path: store.path).write { database in
            for table in ["experiment", "trial", "attempt"] {
                for column in try database.columns(in: table).map(\.name) where column.hasSuffix("_at") {
                    try database.execute(
                        sql: "UPDATE \(table) SET \(column) = ? WHERE \(column) IS NOT NULL", arguments: [date])
                }
            }
        }
        let again = try Store.open(path: store.path)
        #expect(try Summary(again.reader, experiment: experiment) == before)
        #expect(try again.claim(experiment: "clock")?.identity == lastTrial)
        #expect(try again.claim(experiment: "clock") == nil)
        try again.close()
        try Samples.remove(store.path)
    }
}

extension Samples {
    /// Registers one trial in the experiment `clock` and claims it for a process that is gone.
    static func claimAndLeave(_ store: Store) throws -> String {
        let experiment = Samples.experiment(name: "clock", rows: [("only", "M M M")], seeds: [7], claims: [])
        try store.register(experiment: experiment, trials: Samples.entries(experiment))
        var lease = Lease.current()
        lease.processStart += 1
        let assignment = try #require(try store.claim(experiment: "clock", lease: lease))
        return assignment.identity
    }
}
