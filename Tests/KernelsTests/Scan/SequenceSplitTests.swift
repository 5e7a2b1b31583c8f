import Kernels
import Testing

/// Rows that are pieces of wider rows, and sequences split over calls, must not change a bit.
@Suite struct SequenceSplitTests {
    @Test(arguments: [(3, 8), (4, 11), (6, 5)])
    func depthwiseConvolutionReadsAndWritesColumnsInPlace(taps: Int, channels: Int) {
        let (sequences, length, wide) = (4, 9, channels + 6)
        let kernel = DepthwiseConvolutionKernel(length: length, channels: channels, taps: taps, hasSiLU: true)
        let rows = sequences * length
        let (x, dy) = (values(rows * wide, 1), values(rows * wide, 2))
        let weight = values(channels * taps, 3)
        var whole = ConvolutionResult(rows * channels, channels * taps)
        let (narrowX, narrowDy) = (columns(x, 2, channels, wide), columns(dy, 2, channels, wide))
        var scratch = [Float](repeating: .nan, count: kernel.backwardScratchCount)
        kernel.forward(
            narrowX, stride: channels, weight: weight, bias: nil, sequences: 0..<sequences, into: &whole.y,
            stride: channels, scratch: &scratch)
        kernel.backward(
            narrowX, stride: channels, weight: weight, bias: nil, dy: narrowDy, stride: channels,
            sequences: 0..<sequences, into: &whole.dx, stride: channels, dWeight: &whole.dWeight, dBias: nil,
            scratch: &scratch)
        var pieces = ConvolutionResult(rows * wide, channels * taps)
        x.withUnsafeBufferPointer { x in
            dy.withUnsafeBufferPointer { dy in
                pieces.y.withUnsafeMutableBufferPointer { y in
                    pieces.dx.withUnsafeMutableBufferPointer { dx in
                        guard let x = x.baseAddress, let dy = dy.baseAddress else { return }
                        guard let y = y.baseAddress, let dx = dx.baseAddress else { return }
                        for range in [0..<1, 1..<sequences] {
                            kernel.forward(
                                x + 2, stride: wide, weight: weight, bias: nil, sequences: range, into: y + 2,
                                stride: wide, scratch: &scratch)
                            kernel.backward(
                                x + 2, stride: wide, weight: weight, bias: nil, dy: dy + 2, stride: wide,
                                sequences: range, into: dx + 2, stride: wide, dWeight: &pieces.dWeight, dBias: nil,
                                scratch: &scratch)
                        }
                    }
                }
            }
        }
        #expect(columns(pieces.y, 2, channels, wide).map(\.bitPattern) == whole.y.map(\.bitPattern))
        #expect(columns(pieces.dx, 2, channels, wide).map(\.bitPattern) == whole.dx.map(\.bitPattern))
        #expect(pieces.y[0].isNaN && pieces.y[1].isNaN && pieces.y[2 + channels].isNaN, "columns beside were written")
    }

    @Test(arguments: [(1, 8), (26, 13), (50, 32)])
    func selectiveScanReadsCoefficientsInPlace(length: Int, channels: Int) {
        let (sequences, states, wide) = (3, 5, 17)
        let rows = sequences * length
        let shared = ScanInputs(rows: rows, channels: channels, states: states, wide: wide)
        let narrow = SelectiveScanKernel(length: length, channels: channels, states: states)
        let inPlace = SelectiveScanKernel(
            length: length, channels: channels, states: states, coefficientStride: wide)
        let whole = shared.run(
            narrow, columns(shared.projection, 2, states, wide), columns(shared.projection, 9, states, wide), 0, 0,
            [0..<sequences])
        let split = shared.run(inPlace, shared.projection, shared.projection, 2, 9, [0..<1, 1..<2, 2..<sequences])
        #expect(split.y.map(\.bitPattern) == whole.y.map(\.bitPattern))
        #expect(split.du.map(\.bitPattern) == whole.du.map(\.bitPattern))
        #expect(split.dStep.map(\.bitPattern) == whole.dStep.map(\.bitPattern))
        #expect(columns(split.dB, 0, states, wide).map(\.bitPattern) == whole.dB.map(\.bitPattern))
        #expect(columns(split.dC, 0, states, wide).map(\.bitPattern) == whole.dC.map(\.bitPattern))
    }
}

private struct ConvolutionResult {
    var y, dx, dWeight: [Float]

    init(_ count: Int, _ weights: Int) {
        y = [Float](repeating: .nan, count: count)
        dx = y
        dWeight = [Float](repeating: .nan, count: weights)
    }
}

private struct ScanResult {
    var y, du, dStep, dB, dC: [Float]
}

private struct ScanInputs {
    let u, step, rates, skip, dy, projection: [Float]

    init(rows: Int, channels: Int, states: Int, wide: Int) {
        u = values(rows * channels, 1)
        step = values(rows * channels, 2).map { abs($0) + 0.01 }
        rates = values(channels * states, 3).map { -abs($0) - 0.1 }
        skip = values(channels, 4)
        dy = values(rows * channels, 5)
        projection = values(rows * wide, 6)
    }

    func run(
        _ kernel: SelectiveScanKernel, _ b: [Float], _ c: [Float], _ bOffset: Int, _ cOffset: Int,
        _ ranges: [Range<Int>]
    ) -> ScanResult {
        let unset = [Float](repeating: .nan, count: u.count)
        let coefficients = [Float](repeating: .nan, count: b.count)
        var result = ScanResult(y: unset, du: unset, dStep: unset, dB: coefficients, dC: coefficients)
        var (dRates, dSkip) = (rates, skip)
        let sequences = u.count / kernel.channels / kernel.length
        var checkpoints = [Float](repeating: .nan, count: sequences * kernel.checkpointCount + 1)
        var forwardScratch = [Float](repeating: .nan, count: kernel.forwardScratchCount)
        var backwardScratch = [Float](repeating: .nan, count: kernel.backwardScratchCount)
        withPointers([u, step, rates, b, c, skip]) { p in
            let inputs = SelectiveScanKernel.Inputs(
                u: p[0], step: p[1], rates: p[2], b: p[3] + bOffset, c: p[4] + cOffset, skip: p[5])
            for range in ranges {
                kernel.forward(
                    inputs, sequences: range, into: &result.y, checkpoints: &checkpoints, scratch: &forwardScratch)
            }
            for range in ranges {
                kernel.backward(
                    inputs, dy: dy, checkpoints: checkpoints, sequences: range,
                    into: SelectiveScanKernel.Gradients(
                        u: &result.du, step: &result.dStep, b: &result.dB, c: &result.dC, rates: &dRates,
                        skip: &dSkip),
                    scratch: &backwardScratch)
            }
        }
        return result
    }
}

/// The addresses of arrays, all valid while `body` runs.
private func withPointers(_ arrays: [[Float]], _ body: ([FloatPointer]) -> Void) {
    let copies = arrays.map { array in
        let copy = UnsafeMutableBufferPointer<Float>.allocate(capacity: max(1, array.count))
        _ = copy.update(fromContentsOf: array)
        return copy
    }
    body(copies.compactMap { $0.baseAddress.map { FloatPointer($0) } })
    for copy in copies {
        copy.deallocate()
    }
}

/// Numbers in [-1, 1), the same at every call.
private func values(_ count: Int, _ seed: UInt32) -> [Float] {
    var state = seed &* 747_796_405 &+ 1
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return Float(state >> 8) / Float(1 << 23) - 1
    }
}

/// Some columns of rows of length `wide`.
private func columns(_ x: [Float], _ first: Int, _ count: Int, _ wide: Int) -> [Float] {
    (0..<x.count / wide).flatMap { row in x[row * wide + first..<row * wide + first + count] }
}
