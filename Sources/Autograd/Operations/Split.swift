import Kernels

/// A tensor cut into ranges of channels.   x (…, C₁ + C₂ + …) -> y₁ (…, C₁), y₂ (…, C₂), …
struct Split: Operation {
    static let name = "split"
    let counts: [Int]
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(
            counts.reduce(0, +) == inputs[0].channels,
            "split: \(counts) does not add up to the channels of \(inputs[0])")
        return counts.map { inputs[0].withChannels($0) }
    }

    // yᵢ = x[:, first..<first + Cᵢ]
    func forward(_ pass: ForwardPass) {
        let (x, shape) = (pass.input(0), pass.inputShapes[0])
        var first = 0
        for (index, count) in counts.enumerated() {
            let (y, start) = (pass.output(index), first)
            pass.parallel.forRanges(shape.rows, grain: rowGrain(shape.channels)) { rows in
                RowsKernel.copyColumns(
                    x + start, stride: shape.channels, rows: rows, columns: count, into: y, stride: count)
            }
            first += count
        }
    }

    // yᵢ = x[:, first..<first + Cᵢ]   ⇒   dx[:, first..<first + Cᵢ] = dyᵢ
    func backward(_ pass: BackwardPass) {
        let shape = pass.inputShapes[0]
        let gradients = counts.indices.map { pass.gradient($0) }
        pass.accumulate(0) { dx, adds in
            var first = 0
            for (index, count) in counts.enumerated() {
                let (dy, start) = (gradients[index], first)
                pass.parallel.forRanges(shape.rows, grain: rowGrain(shape.channels)) { rows in
                    RowsKernel.copyColumns(
                        dy, stride: count, rows: rows, columns: count, into: dx + start, stride: shape.channels,
                        adding: adds)
                }
                first += count
            }
        }
    }
}

/// Cuts the channels into ranges of these lengths: (…, C₁ + C₂ + …) -> (…, C₁), (…, C₂), ….
public func split(_ x: Tensor, into counts: [Int]) -> [Tensor] { record(Split(counts: counts), [x]) }
