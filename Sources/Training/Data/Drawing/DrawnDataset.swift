import Experiments

/// Examples that are drawn as they are asked for, in numbers from 0 to 1 that are not normalised any further.
public protocol DrawnDataset: Dataset {}

extension DrawnDataset {
    public func picture(_ index: Int, of split: Split) -> Picture {
        var pixels = [Float](repeating: 0, count: image.count)
        var labels = [Int32](repeating: 0, count: task.labelsPerExample)
        write(index, of: split, image: &pixels, labels: &labels)
        return Picture(size: image, bytes: pixels.map { UInt8(($0 * 255).rounded()) }, labels: labels)
    }
}
