/// Sixteen of the 9·C values of each pixel's 3×3 window, copied next to each other for a block of pixels.
///
/// A window is three runs (image rows) of 3·C floats, so sixteen values come from up to three places. Whole vectors are
/// copied; what they bring along too much is overwritten by the next place or pixel, or lies in lanes that nobody reads.
struct WindowPanel {
    /// The panel's first value within the window, and how many follow.
    let first: Int
    let lanes: Int
    let runLength: Int
    let runStride: Int

    /// Floats of scratch: a block of pixels and the last vector's surplus.
    static var scratchCount: Int { (GradientRows.blockRows + 1) * Products.panelColumns }

    /// Copies the values of `pixels` pixels from the cursor's place on, image row by image row.
    func copy(_ source: FloatPointer, _ start: PixelCursor, pixels: Int, to panel: MutableFloatPointer) {
        let (run, offset) = first.quotientAndRemainder(dividingBy: runLength)
        let place = source + (run * runStride + offset)
        var cursor = start
        var target = panel
        var remaining = pixels
        while remaining > 0 {
            let count = min(remaining, cursor.remainingInRow)
            let step = cursor.sourceStep
            if runLength &- offset >= lanes {
                copyWhole(place + cursor.sourceOffset, step: step, pixels: count, to: target)
            } else {
                copyPieces(
                    place + cursor.sourceOffset, step: step, firstCount: runLength &- offset, pixels: count, to: target)
            }
            cursor.advanceInRow(count)
            target += count &* Products.panelColumns
            remaining &-= count
        }
    }

    /// Copies sixteen values that lie in one run.
    @inline(__always)
    private func copyWhole(_ source: FloatPointer, step: Int, pixels: Int, to target: MutableFloatPointer) {
        var source = source
        var target = target
        for _ in 0..<pixels {
            let values: SIMD16<Float> = loadVector(source)
            storeVector(values, target)
            source += step
            target += Products.panelColumns
        }
    }

    /// Copies values that begin with `firstCount` in one run and go on in the next.
    @inline(__always)
    private func copyPieces(
        _ source: FloatPointer, step: Int, firstCount: Int, pixels: Int, to target: MutableFloatPointer
    ) {
        var source = source
        var target = target
        for _ in 0..<pixels {
            let values: SIMD16<Float> = loadVector(source)
            storeVector(values, target)
            var filled = firstCount
            var place = source + (firstCount &+ runStride &- runLength)
            while filled < lanes {
                let values: SIMD16<Float> = loadVector(place)
                storeVector(values, target + filled)
                place += runStride
                filled &+= runLength
            }
            source += step
            target += Products.panelColumns
        }
    }
}
