/// Kendall's rank correlation τ-b: how far two lists of numbers put the same things in the same order.
///
/// ```
/// τ-b = (C − D) / √((P − X)(P − Y))
/// ```
/// C and D count the pairs that both lists order alike and oppositely, P all pairs, X and Y those that the first and the
/// second list leave tied (Kendall 1945).
public enum KendallTau {
    /// From −1 for the reverse order to 1 for the same; nil of fewer than two things, and where a list is all ties.
    public static func tauB(_ first: [Double], _ second: [Double]) -> Double? {
        precondition(first.count == second.count, "KendallTau: \(first.count) and \(second.count) numbers")
        var (balance, firstTies, secondTies, pairs) = (0, 0, 0, 0)
        for left in first.indices {
            for right in first.indices.dropFirst(left + 1) {
                let (x, y) = (first[left] - first[right], second[left] - second[right])
                pairs += 1
                if x == 0 { firstTies += 1 }
                if y == 0 { secondTies += 1 }
                if x * y != 0 { balance += (x > 0) == (y > 0) ? 1 : -1 }
            }
        }
        return tauB(balance: balance, pairs: pairs, firstTies: firstTies, secondTies: secondTies)
    }

    /// The same from counts.
    static func tauB(balance: Int, pairs: Int, firstTies: Int, secondTies: Int) -> Double? {
        guard pairs > firstTies, pairs > secondTies else { return nil }
        return Double(balance) / (Double(pairs - firstTies) * Double(pairs - secondTies)).squareRoot()
    }
}
