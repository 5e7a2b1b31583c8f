/// The input values that one backward reads. Those that it has finished with can go, or be written over, before it ends.
final class KeptInputs {
    private var buffers: [Buffer?]

    init(_ buffers: [Buffer?]) {
        self.buffers = buffers
    }

    subscript(_ index: Int) -> Buffer? { buffers[index] }

    /// Lets go of one input.
    func release(_ index: Int) {
        buffers[index] = nil
    }

    /// The memory of one input where nobody else reads it any more.
    func own(_ index: Int) -> Buffer? {
        isKnownUniquelyReferenced(&buffers[index]) ? buffers[index] : nil
    }
}
