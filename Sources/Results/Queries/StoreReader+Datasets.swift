import Experiments
import Foundation
import GRDB

extension StoreReader {
    /// The data sets on which an experiment's rows are tested: their names and, for drawn ones, the variant and
    /// the parts of the test.
    ///
    /// - Throws: ``StoreError`` for an unknown experiment.
    public func testedDatasets(experiment name: String) throws -> [DatasetSettings] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT t.dataset AS name, json_extract(t.specification, '$."dataset.test-pairs"') AS pairs,
                        json_extract(t.specification, '$."dataset.variant"') AS variant
                    FROM experiment_row r JOIN row_trial x ON x.row = r.id JOIN trial t ON t.identity = x.trial
                    WHERE r.experiment = ? AND r.removed_at IS NULL
                    """,
                arguments: [experiment(name, database)])
            return try rows.map { row in
                var settings = DatasetSettings()
                settings.name = try row.value("name")
                if try row.value("pairs") as String? != nil { settings.testPairs = try row.json("pairs") }
                if try row.value("variant") as String? != nil { settings.variant = try row.word("variant") }
                return settings
            }
        }
    }
}
