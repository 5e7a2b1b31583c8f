/// The products of one attention head: C = α·A·B, or C += α·A·B.   A (M, K), B (K, N), C (M, N)
///
/// A is read number by number; its rows or its columns are contiguous, so it may be transposed. Rows of B and C are contiguous, N is a multiple of
/// eight. Each number of C is one chain of fused multiply–adds in the order of K, however M is split.
struct SmallProduct {
    var rows, columns, depth: Int
    var a: FloatPointer
    var aRowStride, aDepthStride: Int
    var b: FloatPointer
    var bStride: Int
    var c: MutableFloatPointer
    var cStride: Int
    var factor: Float = 1
    var isAdding = false

    func run() {
        precondition(columns % 8 == 0, "SmallProduct: \(columns) columns are no multiple of eight")
        precondition(aDepthStride == 1 || aRowStride == 1, "SmallProduct: neither rows nor columns of A are contiguous")
        var row = 0
        while row &+ 6 <= rows {
            for column in stride(from: 0, to: columns, by: 16) {
                if column &+ 16 <= columns {
                    tile(SIMD16<Float>.self, row, column)
                } else {
                    tile(SIMD8<Float>.self, row, column)
                }
            }
            row &+= 6
        }
        while row &+ 4 <= rows {
            strip(InlineArray<4, Float8>(repeating: Float8()), row)
            row &+= 4
        }
        while row &+ 2 <= rows {
            strip(InlineArray<2, Float8>(repeating: Float8()), row)
            row &+= 2
        }
        if row < rows {
            strip(InlineArray<1, Float8>(repeating: Float8()), row)
        }
    }

    /// Six rows of C, one vector of columns.
    @inline(__always)
    private func tile<Lanes: FloatLanes>(_ type: Lanes.Type, _ row: Int, _ column: Int) {
        var sums = RegisterTile<Lanes>()
        let first = a + row &* aRowStride
        if aDepthStride == 1 {
            sums.add(
                SixRows(first, stride: aRowStride, count: 6), panel: b + column, panelStep: bStride, depth: depth)
        } else {
            sums.addOuter(first, valueStep: aDepthStride, panel: b + column, panelStep: bStride, count: depth)
        }
        let target = c + (row &* cStride &+ column)
        put(sums.row0, target)
        put(sums.row1, target + cStride)
        put(sums.row2, target + 2 &* cStride)
        put(sums.row3, target + 3 &* cStride)
        put(sums.row4, target + 4 &* cStride)
        put(sums.row5, target + 5 &* cStride)
    }

    @inline(__always)
    private func put<Lanes: FloatLanes>(_ value: Lanes, _ target: MutableFloatPointer) {
        let lanes = Lanes(repeating: factor)
        guard isAdding else { return storeVector(lanes * value, target) }
        let old: Lanes = loadVector(FloatPointer(target))
        storeVector(old.addingProduct(lanes, value), target)
    }

    /// As many rows of C as `zeros` has, sixteen columns at a time.
    @inline(__always)
    private func strip<let height: Int>(_ zeros: InlineArray<height, Float8>, _ row: Int) {
        let top = a + row * aRowStride
        var column = 0
        while column &+ 16 <= columns {
            var (left, right) = (zeros, zeros)
            var (pa, pb) = (top, b + column)
            for _ in 0..<depth {
                let (b0, b1) = (load8(pb), load8(pb + 8))
                for i in 0..<height {
                    let value = splat(pa[i &* aRowStride])
                    left[i] = fma(value, b0, left[i])
                    right[i] = fma(value, b1, right[i])
                }
                pa += aDepthStride
                pb += bStride
            }
            for i in 0..<height {
                let target = c + (row + i) * cStride + column
                put(left[i], target)
                put(right[i], target + 8)
            }
            column &+= 16
        }
        if column < columns {
            narrow(zeros, row, column)
        }
    }

    /// The last eight columns.
    @inline(__always)
    private func narrow<let height: Int>(_ zeros: InlineArray<height, Float8>, _ row: Int, _ column: Int) {
        var sums = zeros
        var (pa, pb) = (a + row * aRowStride, b + column)
        for _ in 0..<depth {
            let b0 = load8(pb)
            for i in 0..<height {
                sums[i] = fma(splat(pa[i &* aRowStride]), b0, sums[i])
            }
            pa += aDepthStride
            pb += bStride
        }
        for i in 0..<height {
            put(sums[i], c + (row + i) * cStride + column)
        }
    }
}
