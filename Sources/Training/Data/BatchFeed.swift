import Autograd
import Dispatch
import Experiments

/// Which examples a batch holds.
package enum BatchRequest: Hashable, Sendable {
    /// Those of a training step, which counts from 0 over the whole trial, moved, mirrored and mixed.
    case step(Int)
    /// Examples of a split, in order and as they are.
    case examples(Split, Range<Int>)
}

/// Fills batches on a thread of its own, one ahead of the caller, who works with the batch before in the meantime.
///
/// What is in a batch depends on the request alone, so it does not matter who fills it and when: every draw is addressed
/// by seed, epoch and example.
package final class BatchFeed: @unchecked Sendable {
    private let loader: BatchLoader
    private let seed: Int
    private let stepsPerEpoch: Int
    private let queue = DispatchQueue(label: "ablate.batches")
    private let filling = DispatchGroup()
    // Of the caller's thread.
    private var current: Batch
    private var spare: Batch
    private var pending: BatchRequest?
    // Of the queue.
    private var order: (epoch: Int, indices: [Int]) = (0, [])

    package init(_ loader: BatchLoader, seed: Int, capacity: Int, stepsPerEpoch: Int) {
        self.loader = loader
        self.seed = seed
        self.stepsPerEpoch = stepsPerEpoch
        current = loader.makeBatch(capacity: capacity)
        spare = loader.makeBatch(capacity: capacity)
    }

    /// The batch that was taken last; the caller may write to it.
    package var batch: Batch { current }

    /// The batch that was asked for, valid until the next call. `next` is filled from now on, in case that it is wanted.
    package func take(_ request: BatchRequest, next: BatchRequest?) -> Batch {
        if pending != request {
            filling.wait()
            begin(request)
        }
        filling.wait()
        pending = nil
        swap(&current, &spare)
        if let next { begin(next) }
        return current
    }

    private func begin(_ request: BatchRequest) {
        pending = request
        let batch = spare
        queue.async(group: filling) { [self] in
            withFlushedDenormals { fill(batch, request) }
        }
    }

    private func fill(_ batch: Batch, _ request: BatchRequest) {
        switch request {
        case .examples(let split, let range):
            loader.fill(batch, Array(range)[...], of: split)
        case .step(let step):
            let (epoch, index) = (step / stepsPerEpoch + 1, step % stepsPerEpoch)
            if order.epoch != epoch {
                let count = loader.dataset.count(.train)
                order = (epoch, EpochOrder.indices(seed: seed, epoch: epoch, count: count))
            }
            let range = index * batch.capacity..<(index + 1) * batch.capacity
            loader.fillForTraining(batch, order.indices[range], epoch: epoch)
        }
    }
}
