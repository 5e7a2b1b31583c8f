import Experiments

/// Fills batches: examples as they are for evaluation, augmented for training.
public struct BatchLoader: Sendable {
    public let dataset: any Dataset
    public let augmentation: Augmentation

    public init(dataset: any Dataset, augmentation: Augmentation) {
        self.dataset = dataset
        self.augmentation = augmentation
    }

    /// A batch of the right size for this data set.
    public func makeBatch(capacity: Int) -> Batch {
        Batch(capacity: capacity, image: dataset.image, task: dataset.task)
    }

    /// Writes the examples `indices` as they are, with plain one-hot targets.
    public func fill(_ batch: Batch, _ indices: ArraySlice<Int>, of split: Split) {
        dataset.fill(indices, of: split, images: batch.images, labels: batch.labels)
        finish(batch, count: indices.count, smoothing: 0)
    }

    /// Writes the training examples `indices`, moved, mirrored and mixed as this epoch's draws say.
    ///
    /// Mixup pairs the first example of the batch with the last, the second with the last but one, and so on, as timm
    /// does; each keeps its own share. In the middle of an odd batch one example stays as it is.
    ///
    /// - Parameter epoch: counts from 1.
    public func fillForTraining(_ batch: Batch, _ indices: ArraySlice<Int>, epoch: Int) {
        guard let images = batch.images.baseAddress, let labels = batch.labels.baseAddress else { return }
        let (pixels, places) = (dataset.image.count, dataset.task.labelsPerExample)
        for (position, index) in indices.enumerated() {
            let (image, label) = (images + position * pixels, labels + position * places)
            guard augmentation.movesImages, let scratch = batch.scratch.baseAddress else {
                dataset.write(index, of: .train, image: image, labels: label)
                continue
            }
            dataset.write(index, of: .train, image: scratch, labels: label)
            augmentation.movement(epoch: epoch, example: index).apply(
                from: scratch, to: image, size: dataset.image, black: dataset.black)
        }
        finish(batch, count: indices.count, smoothing: augmentation.labelSmoothing)
        mixExamples(batch, indices, epoch: epoch)
    }

    private func finish(_ batch: Batch, count: Int, smoothing: Double) {
        precondition(count <= batch.capacity, "\(count) examples for a batch of \(batch.capacity)")
        guard let targets = batch.targets.baseAddress else { return }
        let labels = UnsafeBufferPointer(rebasing: batch.labels[..<(count * dataset.task.labelsPerExample)])
        SoftTargets(classes: dataset.task.classes, smoothing: smoothing).write(labels, to: targets)
        batch.count = count
        batch.labelled = 0
        for (place, label) in labels.enumerated() {
            batch.weights[place] = label >= 0 ? 1 : 0
            batch.labelled += label >= 0 ? 1 : 0
        }
    }

    private func mixExamples(_ batch: Batch, _ indices: ArraySlice<Int>, epoch: Int) {
        guard augmentation.mixup != nil, let images = batch.images.baseAddress,
            let targets = batch.targets.baseAddress
        else { return }
        let (pixels, classes) = (dataset.image.count, dataset.task.classes)
        for position in 0..<indices.count / 2 {
            let partner = indices.count - 1 - position
            let p = augmentation.share(epoch: epoch, example: indices[indices.startIndex + position])
            let q = augmentation.share(epoch: epoch, example: indices[indices.startIndex + partner])
            mix(images + position * pixels, share: p, images + partner * pixels, share: q, count: pixels)
            mix(targets + position * classes, share: p, targets + partner * classes, share: q, count: classes)
        }
    }
}
