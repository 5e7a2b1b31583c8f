import Experiments

/// The memory of one batch: images, labels and target distributions. Allocated once, filled again and again.
///
/// A batch belongs to one thread at a time: whoever fills it hands it over to whoever reads it.
public final class Batch: @unchecked Sendable {
    /// (examples, height, width, channels)
    public let images: UnsafeMutableBufferPointer<Float>
    /// (examples, labels per example), −1 for a place without a label.
    public let labels: UnsafeMutableBufferPointer<Int32>
    /// (examples, labels per example, classes): probabilities, zeros for a place without a label.
    public let targets: UnsafeMutableBufferPointer<Float>
    /// (examples, labels per example): 1 for a place with a label, 0 for one without.
    public let weights: UnsafeMutableBufferPointer<Float>
    /// How many examples fit.
    public let capacity: Int
    /// How many examples are there.
    public internal(set) var count = 0
    /// How many places of these examples have a label.
    public internal(set) var labelled = 0
    let scratch: UnsafeMutableBufferPointer<Float>

    public init(capacity: Int, image: ImageSize, task: DataTask) {
        precondition(capacity > 0, "a batch of \(capacity) examples")
        self.capacity = capacity
        images = .allocate(capacity: capacity * image.count)
        labels = .allocate(capacity: capacity * task.labelsPerExample)
        targets = .allocate(capacity: capacity * task.labelsPerExample * task.classes)
        weights = .allocate(capacity: labels.count)
        scratch = .allocate(capacity: image.count)
        images.initialize(repeating: 0)
        labels.initialize(repeating: -1)
        targets.initialize(repeating: 0)
        weights.initialize(repeating: 0)
        scratch.initialize(repeating: 0)
    }

    deinit {
        images.deallocate()
        labels.deallocate()
        targets.deallocate()
        weights.deallocate()
        scratch.deallocate()
    }
}
