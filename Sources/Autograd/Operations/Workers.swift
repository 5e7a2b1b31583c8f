import Synchronization

extension Parallel {
    /// The most pieces of a loop that are worked on at a time: how often `forEach(_:withWorker:)` needs scratch.
    func workers(_ count: Int) -> Int { max(1, min(count, threads)) }

    /// Like `forEach`, with the number of a worker, below `workers(count)`, that does one piece at a time: scratch of
    /// its own stays in the cache from piece to piece.
    func forEach(_ count: Int, withWorker body: (_ index: Int, _ worker: Int) -> Void) {
        let next = Atomic<Int>(0)
        forEach(workers(count)) { worker in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                if index >= count {
                    return
                }
                body(index, worker)
            }
        }
    }
}
