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

    /// Copies the values of `pixels` pixels from the cursor's place on.
    func copy(_ source: FloatPointer, _ start: PixelCursor, pixels: Int, to panel: MutableFloatPointer) {
        let (run, offset) = first.quotientAndRemainder(dividingBy: runLength)
        let firstSource = source + (run * runStride + offset)
        let firstCount = runLength - offset
        var cursor = start
        var target = panel
        for _ in 0..<pixels {
            var place = firstSource + cursor.sourceOffset
            let values: SIMD16<Float> = loadVector(place)
            storeVector(values, target)
            var filled = firstCount
            place += runStride &- offset
            while filled < lanes {
                let values: SIMD16<Float> = loadVector(place)
                storeVector(values, target + filled)
                place += runStride
                filled &+= runLength
            }
            target += Products.panelColumns
            cursor.advance()
        }
    }
}
