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

/// The rows of a matrix cut into a few pieces for the threads, each of at least 96 rows and with scratch of its own.
///
/// For loops whose bits do not depend on the cut.
struct RowPieces {
    let rows: Int
    let count: Int

    init(rows: Int, _ parallel: Parallel) {
        self.rows = rows
        count = parallel.threads == 1 ? min(rows, 1) : min((rows + 95) / 96, 4 * parallel.threads)
    }

    subscript(piece: Int) -> Range<Int> { Parallel.range(piece, of: count, rows) }
}
