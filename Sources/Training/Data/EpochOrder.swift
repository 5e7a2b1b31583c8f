import Randomness

/// The order in which an epoch shows the training examples: one for each seed and epoch, the same for all layouts.
public enum EpochOrder {
    /// `0..<count` shuffled by the stream `order` of this seed and epoch.
    ///
    /// - Parameter epoch: counts from 1.
    public static func indices(seed: Int, epoch: Int, count: Int) -> [Int] {
        var generator = RandomKey(seed: UInt64(bitPattern: Int64(seed)))["order"][epoch].generator
        var order = Array(0..<count)
        for i in 0..<max(0, count - 1) {
            order.swapAt(i, i + generator.index(below: count - i))
        }
        return order
    }
}
