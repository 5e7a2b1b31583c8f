/// Images copied into scratch with a border of zeros, so that a 3×3 window is three runs of contiguous floats everywhere.
///
/// Small images are taken several at a time: register tiles then reach across images and stay full.
struct PaddedImages {
    let height: Int
    let width: Int
    let channels: Int
    /// Zeros above and to the left of an image.
    let before: Int
    /// Zeros below and to the right of an image.
    let after: Int

    /// Floats from one padded row to the next.
    var rowStride: Int { (before + width + after) * channels }

    /// Floats from one padded image to the next.
    var imageStride: Int { (before + height + after) * rowStride }

    /// The pixels of an image that one product computes.
    let pixels: Int

    /// Images taken at a time, at most 64: about 64 KiB; or, as far as 2 MiB hold them, those of 192 pixels, for which the
    /// weights or their sums are read once.
    var groupSize: Int {
        let wanted = min((192 + pixels - 1) / pixels, (1 << 19) / imageStride)
        return max(1, min(64, max(16_384 / imageStride, wanted)))
    }

    /// Floats of scratch; vectors of 16 may be read from any channel, hence the slack behind the last image.
    var scratchCount: Int { groupSize * imageStride + 16 }

    /// Zeroes the scratch; interiors are overwritten by each `fill`, borders stay zero.
    func clear(_ scratch: MutableFloatPointer) {
        scratch.update(repeating: 0, count: scratchCount)
    }

    /// Copies `count` images into the scratch's interiors.
    func fill(_ scratch: MutableFloatPointer, from images: FloatPointer, count: Int) {
        let rowCount = width &* channels
        for image in 0..<count {
            let source = images + image &* height &* rowCount
            let target = scratch + (image &* imageStride &+ before &* (rowStride &+ channels))
            for row in 0..<height {
                (target + row &* rowStride).update(from: source + row &* rowCount, count: rowCount)
            }
        }
    }
}
