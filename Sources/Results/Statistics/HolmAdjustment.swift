/// Holm's step-down adjustment for several tests at once (Holm 1979).
public enum HolmAdjustment {
    /// The adjusted p-values in the order given: reject where one is below the level, and the chance of any false
    /// rejection stays below the level, whatever the tests have to do with each other.
    public static func adjust(_ pValues: [Double]) -> [Double] {
        let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
        var adjusted = pValues
        var largest = 0.0
        for (rank, index) in order.enumerated() {
            largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
            adjusted[index] = largest
        }
        return adjusted
    }
}
