/// The images of a batch cut into a few pieces for the threads, each with scratch of its own.
///
/// For loops whose bits do not depend on the cut.
struct ImagePieces {
    let images: Int
    let count: Int

    init(images: Int, _ parallel: Parallel) {
        self.images = images
        count = parallel.threads == 1 ? min(images, 1) : min(images, 4 * parallel.threads)
    }

    subscript(piece: Int) -> Range<Int> { Parallel.range(piece, of: count, images) }
}
