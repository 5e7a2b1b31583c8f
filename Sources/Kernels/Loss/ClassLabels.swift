/// What class labels are turned into, and compared with.   R rows, K classes; a negative label masks its row.
public enum ClassLabels {
    /// One-hot rows smoothed towards uniform, t[k] = (1 - smoothing)·[k = label] + smoothing/K, and their weights: 1, or 0
    /// (with a row of zeros) where the label is negative.
    public static func fillTargets(
        labels: UnsafePointer<Int32>, smoothing: Float, rows: Range<Int>, classes: Int,
        into targets: MutableFloatPointer, weights: MutableFloatPointer?
    ) {
        for row in rows {
            let target = targets + row * classes
            let label = Int(labels[row])
            precondition(label < classes, "label \(label) of row \(row) is not below the \(classes) classes")
            target.update(repeating: label < 0 ? 0 : smoothing / Float(classes), count: classes)
            if label >= 0 {
                target[label] += 1 - smoothing
            }
            weights?[row] = label < 0 ? 0 : 1
        }
    }

    /// How many rows have their (first) highest logit at their label. Masked rows are not counted, nor are rows with a
    /// logit that is not a number.
    public static func correctCount(
        logits: FloatPointer, labels: UnsafePointer<Int32>, rows: Range<Int>, classes: Int
    ) -> Int {
        var correct = 0
        for row in rows where labels[row] >= 0 {
            let z = logits + row * classes
            var best = 0
            var isNumber = !z[0].isNaN
            for k in 1..<max(classes, 1) {
                isNumber = isNumber && !z[k].isNaN
                if z[k] > z[best] { best = k }
            }
            if isNumber && best == Int(labels[row]) { correct += 1 }
        }
        return correct
    }
}
