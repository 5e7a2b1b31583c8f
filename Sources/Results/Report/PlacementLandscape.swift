/// What the metric is where attention stands at a position and where it doesn't, over rows that differ in nothing but the
/// places of attention.
struct PlacementLandscape {
    struct Position {
        var stage, place: Int
        /// Means over rows and seeds.
        var with, without: Double?
        /// Of `with`, over seeds.
        var interval: ClosedRange<Double>?
        var rowsWith, rowsWithout: Int
    }

    /// Fewer rows are no landscape.
    static let fewestRows = 3

    let positions: [Position]
    let rows, seeds, attentionBlocks: Int

    /// The largest group of rows that are alike but for the places of attention; nil where there is none.
    init?(_ report: Report) {
        let drawn = report.pictures.filter { $0.row.mean != nil }.map { (shape: Shape($0.picture, $0.row), row: $0) }
        let groups = Dictionary(grouping: drawn, by: \.shape).mapValues { $0.map(\.row) }.filter { shape, rows in
            shape.attentionBlocks > 0 && Set(rows.map(\.row.layout)).count >= Self.fewestRows
        }
        // Of equally large groups the one that comes first.
        guard let most = groups.values.map(\.count).max(),
            let shape = drawn.first(where: { groups[$0.shape]?.count == most })?.shape, let group = groups[shape]
        else { return nil }
        let shared = report.summary.seeds.filter { seed in
            group.allSatisfy { $0.row.outcomes.contains { $0.seed == seed && $0.value != nil } }
        }
        guard !shared.isEmpty else { return nil }
        let places = group.map { Set($0.picture.attention.map { "\($0.stage) \($0.place)" }) }
        positions = shape.depths.enumerated().flatMap { stage, depth -> [Position] in
            let own = (0..<depth).map { place in
                Self.position(stage, place, group.map(\.row), places.map { $0.contains("\(stage) \(place)") }, shared)
            }
            return own.contains { $0.rowsWith > 0 && $0.rowsWithout > 0 } ? own : []
        }
        rows = group.count
        seeds = shared.count
        attentionBlocks = shape.attentionBlocks
        if positions.isEmpty { return nil }
    }

    private static func position(
        _ stage: Int, _ place: Int, _ rows: [SummaryRow], _ hasAttention: [Bool], _ seeds: [Int]
    ) -> Position {
        let with = zip(rows, hasAttention).filter(\.1).map(\.0)
        let without = zip(rows, hasAttention).filter { !$0.1 }.map(\.0)
        func bySeed(_ rows: [SummaryRow]) -> [Double] {
            seeds.compactMap { seed in
                Moments.mean(rows.compactMap { row in row.outcomes.first { $0.seed == seed }?.value })
            }
        }
        let values = bySeed(with)
        return Position(
            stage: stage, place: place, with: Moments.mean(values), without: Moments.mean(bySeed(without)),
            interval: PairedDifferences(values).interval(), rowsWith: with.count, rowsWithout: without.count)
    }

    /// What rows of one group share: depths, the number of attention blocks, every other block in its order, and what a
    /// sweep gave them beside the layout.
    private struct Shape: Hashable {
        var depths: [Int]
        var attentionBlocks: Int
        var others: [[String]]

        /// Settings have a point in their names: `train.lr`.
        var settings: [[String]]

        init(_ picture: LayoutPicture, _ row: SummaryRow) {
            settings = row.axes.filter { $0.first?.contains(".") ?? false }
            depths = picture.stages.map(\.count)
            attentionBlocks = picture.attention.count
            others = picture.stages.map { $0.filter { $0.kind != .attention }.map(\.name) }
        }
    }
}
