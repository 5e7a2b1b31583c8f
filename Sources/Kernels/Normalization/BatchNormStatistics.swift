/// Mean and variance of each channel over all rows, gathered chunk by chunk.   x (R, C)
///
/// A chunk's record is 2·C doubles: the means, then the sums of squares about them. Records are combined in order
/// (Chan, Golub and LeVeque 1983), so the result depends on where the chunks are cut and on nothing else.
public enum BatchNormStatistics {
    /// How many doubles the record of one chunk holds.
    public static func recordCount(channels: Int) -> Int { 2 * channels }

    /// Fills the record of one chunk of rows, of which there must be one at least.
    public static func gather(
        _ x: FloatPointer, rows: Range<Int>, channels: Int, into record: UnsafeMutablePointer<Double>
    ) {
        precondition(!rows.isEmpty, "batch norm: a chunk without rows has no mean")
        let (means, squares) = (record, record + channels)
        var start = rows.lowerBound
        while start < rows.upperBound {
            let end = min(start + blockRows, rows.upperBound)
            let before = start - rows.lowerBound
            forEachLanes(channels) { c, lanes in
                let (mean, square) = block(x + c, start..<end, channels, lanes)
                if lanes == 8 {
                    merge(mean: mean, squares: square, count: end - start, into: means + c, squares + c, before: before)
                    return
                }
                for lane in 0..<lanes {
                    let channel = c + lane
                    merge(
                        mean: Double(mean[lane]), squares: Double(square[lane]), count: end - start,
                        into: means + channel, squares + channel, before: before)
                }
            }
            start = end
        }
    }

    /// Combines the records of chunks with these row counts, in order, into mean and biased variance.
    public static func combine(
        _ records: UnsafePointer<Double>, rowCounts: [Int], channels: Int, means: MutableFloatPointer,
        variances: MutableFloatPointer
    ) {
        for channel in 0..<channels {
            var (mean, squares, rows) = (0.0, 0.0, 0)
            for (chunk, count) in rowCounts.enumerated() {
                let record = records + chunk * 2 * channels
                merge(
                    mean: record[channel], squares: record[channels + channel], count: count, into: &mean, &squares,
                    before: rows)
                rows += count
            }
            means[channel] = Float(mean)
            variances[channel] = Float(squares / Double(rows))
        }
    }

    /// running = (1 - momentum)·running + momentum·batch, with the unbiased variance (as in PyTorch).
    public static func updateRunning(
        means: FloatPointer, variances: FloatPointer, rows: Int, channels: Int, momentum: Float,
        runningMeans: MutableFloatPointer, runningVariances: MutableFloatPointer
    ) {
        let unbiased = rows > 1 ? Float(rows) / Float(rows - 1) : 1
        for c in 0..<channels {
            runningMeans[c] += momentum * (means[c] - runningMeans[c])
            runningVariances[c] += momentum * (variances[c] * unbiased - runningVariances[c])
        }
    }

    /// 1/√(variance + ε) of each channel.
    public static func invert(
        _ variances: FloatPointer, epsilon: Float, channels: Int, into inverseDeviations: MutableFloatPointer
    ) {
        for c in 0..<channels {
            inverseDeviations[c] = 1 / (variances[c] + epsilon).squareRoot()
        }
    }

    /// Rows that are summed in Float before they are merged in Double.
    private static let blockRows = 64

    /// Mean and sum of squares about it, of up to eight channels over one block of rows, which stays in cache.
    @inline(__always)
    private static func block(_ x: FloatPointer, _ rows: Range<Int>, _ stride: Int, _ lanes: Int) -> (Float8, Float8) {
        // even and odd rows apart, since an addition waits for the one before
        let half = rows.count / 2
        var (even, odd) = (Float8(), Float8())
        for pair in 0..<half {
            let row = rows.lowerBound + 2 * pair
            even += load8(x + row * stride, lanes: lanes)
            odd += load8(x + (row + 1) * stride, lanes: lanes)
        }
        for row in rows.lowerBound + 2 * half..<rows.upperBound {
            even += load8(x + row * stride, lanes: lanes)
        }
        let mean = (even + odd) / splat(Float(rows.count))
        (even, odd) = (Float8(), Float8())
        for pair in 0..<half {
            let row = rows.lowerBound + 2 * pair
            let first = load8(x + row * stride, lanes: lanes) - mean
            let second = load8(x + (row + 1) * stride, lanes: lanes) - mean
            even = fma(first, first, even)
            odd = fma(second, second, odd)
        }
        for row in rows.lowerBound + 2 * half..<rows.upperBound {
            let difference = load8(x + row * stride, lanes: lanes) - mean
            even = fma(difference, difference, even)
        }
        return (mean, even + odd)
    }

    /// The same bits as eight channels one by one.
    @inline(__always)
    private static func merge(
        mean: Float8, squares: Float8, count: Int, into totalMean: UnsafeMutablePointer<Double>,
        _ totalSquares: UnsafeMutablePointer<Double>, before: Int
    ) {
        let (mean, squares) = (SIMD8<Double>(mean), SIMD8<Double>(squares))
        let (meanPlace, squaresPlace) = (UnsafeMutableRawPointer(totalMean), UnsafeMutableRawPointer(totalSquares))
        if before == 0 {
            meanPlace.storeBytes(of: mean, as: SIMD8<Double>.self)
            squaresPlace.storeBytes(of: squares, as: SIMD8<Double>.self)
            return
        }
        let (oldMean, oldSquares) = (
            meanPlace.loadUnaligned(as: SIMD8<Double>.self), squaresPlace.loadUnaligned(as: SIMD8<Double>.self)
        )
        let difference = mean - oldMean
        let share = Double(count) / Double(before + count)
        meanPlace.storeBytes(of: oldMean + difference * share, as: SIMD8<Double>.self)
        let spread = difference * difference * Double(before) * share
        squaresPlace.storeBytes(of: oldSquares + (squares + spread), as: SIMD8<Double>.self)
    }

    @inline(__always)
    private static func merge(
        mean: Double, squares: Double, count: Int, into totalMean: UnsafeMutablePointer<Double>,
        _ totalSquares: UnsafeMutablePointer<Double>, before: Int
    ) {
        if before == 0 {
            totalMean.pointee = mean
            totalSquares.pointee = squares
            return
        }
        let difference = mean - totalMean.pointee
        let share = Double(count) / Double(before + count)
        totalMean.pointee += difference * share
        totalSquares.pointee += squares + difference * difference * Double(before) * share
    }
}
