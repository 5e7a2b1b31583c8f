/// The trials of an experiment, each once, in the order in which they should run.
///
/// Seed by seed: all rows of the first seed come before any row of the second, so that an interrupted experiment has
/// complete pairs.
public struct TrialPlan: Sendable {
    /// One trial and the rows that it serves.
    public struct Entry: Sendable {
        public let identity: TrialIdentity
        public let specification: TrialSpecification
        /// Names of the rows whose result this trial is, in the table's order; more than one where rows are the same.
        public var rows: [String]
    }

    public let entries: [Entry]
    /// How many row–seed pairs share a trial with an earlier row.
    public let folded: Int
    /// The experiment's seeds, then the added ones in ascending order.
    public let seeds: [Int]

    /// - Parameter added: further seeds of some rows, by the row's name.
    public init(_ experiment: Experiment, added: [String: [Int]] = [:]) {
        let later = Set(added.filter { name, _ in experiment.rows.contains { $0.name == name } }.values.joined())
        seeds = experiment.seeds + later.subtracting(experiment.seeds).sorted()
        var writer = IdentityWriter()
        let identities = experiment.rows.map { writer.row(layout: $0.canonicalLayout, settings: $0.settings) }
        var entries: [Entry] = []
        entries.reserveCapacity(experiment.rows.count * experiment.seeds.count)
        var places: [TrialIdentity: Int] = [:]
        places.reserveCapacity(experiment.rows.count * experiment.seeds.count)
        var folded = 0
        for (place, seed) in seeds.enumerated() {
            for (row, identity) in zip(experiment.rows, identities) {
                guard place < experiment.seeds.count || added[row.name]?.contains(seed) ?? false else { continue }
                let identity = identity(seed: seed)
                if let place = places[identity] {
                    entries[place].rows.append(row.name)
                    folded += 1
                } else {
                    places[identity] = entries.count
                    entries.append(Entry(identity: identity, specification: row.trial(seed: seed), rows: [row.name]))
                }
            }
        }
        self.entries = entries
        self.folded = folded
    }
}

extension Experiment.Row {
    /// The three groups of settings together.
    public var settings: TrialSettings {
        TrialSettings(dataset: dataset, backbone: backbone, train: train)
    }
}
