/// A row of numbers as small bars: `▁▂▄▆█`.
public enum Sparkline {
    private static let bars = Array("▁▂▃▄▅▆▇█")

    /// The numbers between their lowest and highest, each one bar; a space for what is no number.
    ///
    /// - Parameter width: the most bars; neighbours are averaged where there are more numbers.
    public static func text(_ values: [Double?], width: Int) -> String {
        precondition(width > 0, "Sparkline: a width of \(width)")
        let shown = binned(values.map { $0.flatMap { $0.isFinite ? $0 : nil } }, width)
        let known = shown.compactMap { $0 }
        guard let low = known.min(), let high = known.max() else { return "" }
        return String(
            shown.map { value in
                guard let value else { return " " }
                guard high > low else { return bars[3] }
                return bars[min(bars.count - 1, Int((value - low) / (high - low) * Double(bars.count)))]
            })
    }

    private static func binned(_ values: [Double?], _ width: Int) -> [Double?] {
        guard values.count > width else { return values }
        return (0..<width).map { bin in
            let range = bin * values.count / width..<(bin + 1) * values.count / width
            return Moments.mean(values[range].compactMap { $0 })
        }
    }
}
