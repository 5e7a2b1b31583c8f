import Foundation

/// The sign-flip test of differences that are looked at again after every pair.
///
/// Had the rows been exchangeable, every sign pattern of the differences would have been as likely as the observed one. At
/// each look the patterns that would be rejected there or earlier may be a share α·s(n) of all, with s from the
/// ``SequentialPlan``: to those rejected earlier the ones with the largest |sum| are added until the share is used up. The
/// error over all looks is then at most α for every distribution that is symmetric about 0, exactly and for few pairs
/// (Lan and DeMets 1983, with the permutation distribution in place of the normal one).
public struct SequentialSignFlip {
    private let plan: SequentialPlan
    /// By look, from the first pair on.
    private var looks: [Look] = []

    /// The 2ⁿ⁻¹ sums of one look, up to a common sign. Pattern i repeats pattern i mod 2ⁿ⁻² of the look before.
    private struct Look {
        var sizes: [Double]
        /// The patterns, largest sum first.
        var order: [Int32]
    }

    /// - Parameter differences: in the order in which they were looked at; those beyond the plan's most are left out.
    public init(_ differences: [Double], plan: SequentialPlan) {
        self.plan = plan
        var sums: [Double] = []
        // The patterns, smallest sum first.
        var ascending: [Int32] = [0]
        for difference in differences.prefix(plan.most) {
            let count = Int32(sums.count)
            if count == 0 {
                sums = [difference]
            } else {
                sums = sums.map { $0 + difference } + sums.map { $0 - difference }
                ascending = SequentialSignFlip.merged(ascending, ascending.map { $0 + count }) {
                    sums[Int($0)] < sums[Int($1)]
                }
            }
            let sizes = sums.map { abs($0) }
            let negative = ascending.prefix { sums[Int($0)] < 0 }
            let order = SequentialSignFlip.merged(ascending.dropFirst(negative.count).reversed(), Array(negative)) {
                sizes[Int($0)] > sizes[Int($1)]
            }
            looks.append(Look(sizes: sizes, order: order))
        }
    }

    /// Two arrays that are in order as one.
    private static func merged<Element>(
        _ first: [Element], _ second: [Element], by precedes: (Element, Element) -> Bool
    ) -> [Element] {
        var result: [Element] = []
        result.reserveCapacity(first.count + second.count)
        var place = 0
        for element in first {
            while place < second.count, precedes(second[place], element) {
                result.append(second[place])
                place += 1
            }
            result.append(element)
        }
        return result + second[place...]
    }

    /// The number of pairs at which the test of this level first rejects; nil where it does not.
    public func rejection(level: Double) -> Int? {
        var rejected: [Bool] = []
        var count = 0
        for (place, look) in looks.enumerated() {
            rejected = place == 0 ? [false] : rejected + rejected
            count *= 2
            let allowed = Int((level * plan.share(place + 1) * Double(look.sizes.count) + 1e-9).rounded(.down))
            for pattern in additions(look, rejected, room: allowed - count) {
                rejected[Int(pattern)] = true
                count += 1
            }
            if rejected[0] { return place + 1 }
        }
        return nil
    }

    /// The patterns of largest sum that are not rejected yet, as many as there is room for; patterns of equal sum, up to
    /// rounding, are taken together or not at all.
    private func additions(_ look: Look, _ rejected: [Bool], room: Int) -> [Int32] {
        var added: [Int32] = []
        let tolerance = 1e-12 * (look.order.first.map { look.sizes[Int($0)] } ?? 0)
        var next = 0
        while next < look.order.count, added.count < room {
            let size = look.sizes[Int(look.order[next])]
            let before = added.count
            while next < look.order.count, look.sizes[Int(look.order[next])] >= size - tolerance {
                if !rejected[Int(look.order[next])] { added.append(look.order[next]) }
                next += 1
                if added.count > room { return Array(added.prefix(before)) }
            }
        }
        return added
    }

    /// The p-value over all looks so far: the smallest level of a grid such that it and all larger ones of the grid reject.
    ///
    /// The chance of a p-value of at most α at any look is at most α. The grid has ten levels a decade and the levels at
    /// which Holm's method tests `family` comparisons, so a p-value is rounded up, never across a decision.
    public func pValue(family: Int = 1) -> Double {
        let smallest = plan.smallestPossible(looks.count) * 0.999
        var value = 1.0
        for level in SequentialSignFlip.grid(family: family) {
            guard level >= smallest, rejection(level: level) != nil else { break }
            value = level
        }
        return value
    }

    /// Levels in descending order, from just below 1 to 10⁻⁵. Holm's levels are a hair below α/j, because a test rejects
    /// below α.
    static func grid(family: Int) -> [Double] {
        let decades = (1...50).map { pow(10, -Double($0) / 10) }
        let holm = (1...max(1, family)).map { Comparison.level / Double($0) * (1 - 1e-9) }
        return (decades + holm).sorted(by: >)
    }
}
