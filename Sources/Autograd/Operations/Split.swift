import Kernels

/// A tensor's channels cut into ranges.   x (…, C₁ + C₂ + …) -> (…, C₁), (…, C₂), …
struct Split: Operation {
    static let name = "split"
    let counts: [Int]
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(inputs[0].channels == counts.reduce(0, +), "split: \(inputs[0]) into \(counts) channels")
        return counts.map { inputs[0].withChannels($0) }
    }

    // part = x[:, offset ..< offset + C]
    func forward(_ pass: ForwardPass) {
        let total = pass.inputShapes[0].channels
        var offset = 0
        for (index, count) in counts.enumerated() {
            let (x, part) = (pass.input(0) + offset, pass.output(index))
            pass.parallel.forRanges(pass.inputShapes[0].rows, grain: 512) { rows in
                RowsKernel.copyColumns(x, stride: total, rows: rows, columns: count, into: part, stride: count)
            }
            offset += count
        }
    }

    // part = x[:, offset ..< offset + C]   ⇒   dx[:, offset ..< offset + C] = dpart
    func backward(_ pass: BackwardPass) {
        let total = pass.inputShapes[0].channels
        pass.accumulate(0) { dx, adds in
            var offset = 0
            for (index, count) in counts.enumerated() {
                let (dPart, target) = (pass.gradient(index), dx + offset)
                pass.parallel.forRanges(pass.inputShapes[0].rows, grain: 512) { rows in
                    RowsKernel.copyColumns(
                        dPart, stride: count, rows: rows, columns: count, into: target, stride: total, adding: adds)
                }
                offset += count
            }
        }
    }
}

/// The ranges of a tensor's channels, `counts` channels each.
public func split(_ x: Tensor, into counts: [Int]) -> [Tensor] { record(Split(counts: counts), [x]) }
