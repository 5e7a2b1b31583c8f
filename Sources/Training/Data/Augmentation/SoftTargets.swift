/// The target distributions of labels: one-hot rows, smoothed and mixed.
struct SoftTargets {
    let classes: Int
    /// ε: the share of a target that is spread evenly over all classes.
    let smoothing: Double

    /// Writes one row of `classes` probabilities for each label: 1 − ε + ε/K at the label, ε/K elsewhere; a row of
    /// zeros for a place without a label.
    func write(_ labels: UnsafeBufferPointer<Int32>, to target: UnsafeMutablePointer<Float>) {
        let off = Float(smoothing / Double(classes))
        let on = Float(1 - smoothing + smoothing / Double(classes))
        for (place, label) in labels.enumerated() {
            let row = target + place * classes
            row.update(repeating: label < 0 ? 0 : off, count: classes)
            if label >= 0 {
                precondition(label < classes, "the label \(label) is beyond \(classes) classes")
                row[Int(label)] = on
            }
        }
    }
}

/// Mixes two runs of numbers in place: a ← p·a + (1 − p)·b and b ← q·b + (1 − q)·a, both from the old values.
func mix(
    _ a: UnsafeMutablePointer<Float>, share p: Float, _ b: UnsafeMutablePointer<Float>, share q: Float, count: Int
) {
    for i in 0..<count {
        let (x, y) = (a[i], b[i])
        a[i] = p * x + (1 - p) * y
        b[i] = q * y + (1 - q) * x
    }
}
