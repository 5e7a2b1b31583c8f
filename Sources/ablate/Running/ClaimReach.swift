import Experiments
import Results

extension Experiment {
    /// Says that the file's seeds can decide none of its claims, whatever the numbers are; nil where they can.
    var reachNote: String? {
        let smallest = SignFlipTest.smallestPossible(seeds.count) * Double(claims.count)
        guard !claims.isEmpty, smallest >= Comparison.level else { return nil }
        let least = SignFlipTest.fewest(level: Comparison.level, family: claims.count)
        return
            "\(counted(seeds.count, "seed")) can decide none of \(counted(claims.count, "claim")): the smallest possible p is "
            + "\(NumberFormat.plain.text(min(1, smallest))). It takes \(least) seeds, or `ablate run --until-decided`."
    }
}
