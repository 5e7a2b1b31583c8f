/// How the metric depends on the position of the placed blocks, over all placements of a sweep with `choose(k)` or `any`.
///
/// Every placement counts, with the same number of epochs and the same seeds: where some were stopped early, all are
/// compared after the last epoch that all have reached, on validation. So nothing depends on which ones went on.
/// Placements are compared with those that place as many blocks, so that a position does not stand for their number; those
/// that place none or fill every place have none to be compared with.
public struct Landscape: Hashable, Sendable {
    /// One placement of the sweep.
    public struct Placement: Hashable, Sendable {
        /// The name of its row.
        public var row: String
        /// The places of the placed blocks, counted from 0, for each set of the layout.
        public var places: [[Int]]
        /// The mean over the seeds that all placements have.
        public var mean: Double
        /// The last epoch that all its seeds have reached.
        public var epochs: Int
    }

    /// One place that a block may be put at.
    public struct Position: Hashable, Sendable {
        /// The set in the layout's text, from 0.
        public var set: Int
        /// The block in its stage, from 0.
        public var place: Int
        /// How many placements put a block there, of those that are compared.
        public var count: Int
        /// The mean over the placements that put a block there, and over the others; each number of placed blocks weighs as
        /// much as it has placements.
        public var with: Double
        public var without: Double
        /// One difference a seed: the mean with a block there minus the mean without.
        public var effect: PairedDifferences
    }

    /// The name of the layout in the file, with its other axes.
    public var name: String
    /// On which split and metric.
    public var metric: SummaryMetric
    /// After how many epochs; nil for the trials' results.
    public var epoch: Int?
    /// The seeds that all placements have.
    public var seeds: [Int]
    public var placements: [Placement]
    public var positions: [Position]

    /// The values of a placement's row, by seed.
    struct Entry {
        var row: String
        var label: String
        var values: [Int: Double]
        var epochs: Int
    }

    /// Nil for fewer than two placements, and without a seed that all of them have.
    init?(name: String, metric: SummaryMetric, epoch: Int?, _ entries: [Entry]) {
        self.name = name
        self.metric = metric
        self.epoch = epoch
        guard entries.count > 1, let first = entries.first else { return nil }
        let shared = entries.dropFirst().reduce(Set(first.values.keys)) { $0.intersection($1.values.keys) }
        guard !shared.isEmpty else { return nil }
        let seeds = shared.sorted()
        self.seeds = seeds
        placements = entries.map { entry in
            Placement(
                row: entry.row, places: Landscape.places(entry.label),
                mean: Moments.mean(seeds.compactMap { entry.values[$0] }) ?? 0, epochs: entry.epochs)
        }
        positions = Landscape.positions(placements, entries.map { entry in seeds.compactMap { entry.values[$0] } })
    }

    /// `4,5 | none` as lists of numbers.
    static func places(_ label: String) -> [[Int]] {
        label.split(separator: "|", omittingEmptySubsequences: false).map { part in
            part.split { !$0.isNumber }.compactMap { Int($0) }
        }
    }

    private static func positions(_ placements: [Placement], _ values: [[Double]]) -> [Position] {
        let sets = placements.map(\.places.count).max() ?? 0
        return (0..<sets).flatMap { set -> [Position] in
            let all = Set(placements.flatMap { set < $0.places.count ? $0.places[set] : [] })
            return all.sorted().compactMap { position(set, $0, placements, values) }
        }
    }

    /// Nil where no two placements of as many blocks differ in having one there: there is nothing to compare.
    private static func position(
        _ set: Int, _ place: Int, _ placements: [Placement], _ values: [[Double]]
    ) -> Position? {
        func isPlaced(_ index: Int) -> Bool {
            set < placements[index].places.count && placements[index].places[set].contains(place)
        }
        let groups = Dictionary(grouping: placements.indices) { placements[$0].places.map(\.count) }
            .values.map { group in (with: group.filter(isPlaced), without: group.filter { !isPlaced($0) }) }
            .filter { !$0.with.isEmpty && !$0.without.isEmpty }
            .sorted { ($0.with.first ?? 0) < ($1.with.first ?? 0) }
        guard !groups.isEmpty, let seeds = values.first?.indices else { return nil }
        let weights = groups.map { Double($0.with.count + $0.without.count) }
        func mean(_ side: (Int) -> [Int], _ value: (Int) -> Double) -> Double {
            let means = groups.indices.map { weights[$0] * (Moments.mean(side($0).map(value)) ?? 0) }
            return means.reduce(0, +) / weights.reduce(0, +)
        }
        let effect = seeds.map { seed in
            mean({ groups[$0].with }, { values[$0][seed] }) - mean({ groups[$0].without }, { values[$0][seed] })
        }
        return Position(
            set: set, place: place, count: groups.map(\.with.count).reduce(0, +),
            with: mean({ groups[$0].with }, { placements[$0].mean }),
            without: mean({ groups[$0].without }, { placements[$0].mean }), effect: PairedDifferences(effect))
    }
}
