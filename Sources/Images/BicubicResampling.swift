/// Resizes a picture with the cubic kernel of a = −0.5, widened where the picture shrinks, in 8-bit fixed point.
///
/// Bit for bit what Pillow's `Image.resize(…, BICUBIC)` gives, which the published evaluation uses: rows first, then
/// columns, with 22 fractional bits and a rounded 8-bit picture between.
package struct BicubicResampling {
    private static let fractionBits = 22

    /// Which inputs each output is a weighted sum of.
    private struct Taps {
        /// The first input of each output.
        var starts: [Int] = []
        /// How many inputs each output has.
        var counts: [Int] = []
        /// The most inputs of one output: the distance of two outputs' weights.
        var stride = 0
        var weights: [Int32] = []
    }

    package static func resize(_ image: RGBImage, height: Int, width: Int) -> RGBImage {
        let wide = width == image.width ? image : rows(image, taps(from: image.width, to: width))
        return height == wide.height ? wide : columns(wide, taps(from: wide.height, to: height))
    }

    private static func kernel(_ distance: Double) -> Double {
        let x = abs(distance)
        let a = -0.5
        if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
        if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
        return 0
    }

    private static func taps(from length: Int, to target: Int) -> Taps {
        let scale = Double(length) / Double(target)
        let filterScale = max(scale, 1)
        let support = 2 * filterScale
        var taps = Taps(stride: Int(support.rounded(.up)) * 2 + 1)
        taps.weights = [Int32](repeating: 0, count: target * taps.stride)
        for index in 0..<target {
            let center = (Double(index) + 0.5) * scale
            let start = max(0, Int(center - support + 0.5))
            let end = min(length, Int(center + support + 0.5))
            let raw = (start..<end).map { kernel((Double($0) - center + 0.5) * (1 / filterScale)) }
            let sum = raw.reduce(0, +)
            for (offset, weight) in raw.enumerated() {
                let fixed = (sum == 0 ? weight : weight / sum) * Double(1 << fractionBits)
                taps.weights[index * taps.stride + offset] = Int32(fixed < 0 ? fixed - 0.5 : fixed + 0.5)
            }
            taps.starts.append(start)
            taps.counts.append(end - start)
        }
        return taps
    }

    private static func rows(_ image: RGBImage, _ taps: Taps) -> RGBImage {
        let width = taps.starts.count
        let pixels = filled(image.height * width * 3) { output in
            image.pixels.withUnsafeBufferPointer { input in
                for y in 0..<image.height {
                    for x in 0..<width {
                        let first = (y * image.width + taps.starts[x]) * 3
                        for channel in 0..<3 {
                            output[(y * width + x) * 3 + channel] = sum(input, first + channel, step: 3, taps, x)
                        }
                    }
                }
            }
        }
        return RGBImage(height: image.height, width: width, pixels: pixels)
    }

    private static func columns(_ image: RGBImage, _ taps: Taps) -> RGBImage {
        let row = image.width * 3
        let pixels = filled(taps.starts.count * row) { output in
            image.pixels.withUnsafeBufferPointer { input in
                for y in taps.starts.indices {
                    for x in 0..<row {
                        output[y * row + x] = sum(input, taps.starts[y] * row + x, step: row, taps, y)
                    }
                }
            }
        }
        return RGBImage(height: taps.starts.count, width: image.width, pixels: pixels)
    }

    /// One number of the output: the rounded weighted sum, within 0…255.
    private static func sum(
        _ input: UnsafeBufferPointer<UInt8>, _ first: Int, step: Int, _ taps: Taps, _ index: Int
    ) -> UInt8 {
        var total: Int32 = 1 << (fractionBits - 1)
        for offset in 0..<taps.counts[index] {
            total &+= Int32(input[first + offset * step]) &* taps.weights[index * taps.stride + offset]
        }
        return UInt8(clamping: total >> fractionBits)
    }

    private static func filled(_ count: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(buffer)
            initialized = count
        }
    }
}
