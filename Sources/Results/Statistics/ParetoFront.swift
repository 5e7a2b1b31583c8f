/// What is worth its cost: the things of which no other is both cheaper and better.
public enum ParetoFront {
    /// One thing: a value, of which more is better, and a cost, of which less is.
    public struct Point: Hashable, Sendable {
        public var value: Double
        public var cost: Double

        public init(value: Double, cost: Double) {
            self.value = value
            self.cost = cost
        }

        /// At least as good in both and better in one.
        public func dominates(_ other: Point) -> Bool {
            value >= other.value && cost <= other.cost && (value > other.value || cost < other.cost)
        }
    }

    /// The places of the points that none dominates, cheapest first.
    public static func places(_ points: [Point]) -> [Int] {
        points.indices.filter { place in !points.contains { $0.dominates(points[place]) } }
            .sorted { points[$0].cost < points[$1].cost }
    }
}
