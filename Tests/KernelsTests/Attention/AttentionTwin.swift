import Foundation

/// Multi-head attention in double precision, number by number, forward and backward.   x (B, L, 3, H, E), y (B, L, H, E)
struct AttentionTwin {
    let batch, length, heads, width: Int

    var channels: Int { heads * width }
    var inputCount: Int { batch * length * 3 * channels }
    var outputCount: Int { batch * length * channels }

    /// y = softmax(q·kᵀ/√E)·v, and the gradient of Σ y·dy.
    func run(_ x: [Float], dy: [Float]) -> (y: [Double], dx: [Double]) {
        var result = (y: [Double](repeating: 0, count: outputCount), dx: [Double](repeating: 0, count: inputCount))
        for item in 0..<batch * heads {
            let (q, k, v) = (part(x, item, 0), part(x, item, 1), part(x, item, 2))
            let upstream = (0..<length).map { row(dy, outputStart(item, $0)) }
            var (dk, dv) = (zeros(), zeros())
            for i in 0..<length {
                let scores = k.map { dot(q[i], $0) / Double(width).squareRoot() }
                let top = scores.reduce(-Double.infinity, max)
                let powers = scores.map { exp($0 - top) }
                let total = powers.reduce(0, +)
                let p = powers.map { $0 / total }
                let dp = v.map { dot(upstream[i], $0) }
                let mean = dot(p, dp)
                for e in 0..<width {
                    var (y, dq) = (0.0, 0.0)
                    for j in 0..<length {
                        let ds = p[j] * (dp[j] - mean) / Double(width).squareRoot()
                        y += p[j] * v[j][e]
                        dq += ds * k[j][e]
                        dk[j][e] += ds * q[i][e]
                        dv[j][e] += p[j] * upstream[i][e]
                    }
                    result.y[outputStart(item, i) + e] = y
                    result.dx[inputStart(item, 0, i) + e] = dq
                }
            }
            for j in 0..<length {
                for e in 0..<width {
                    result.dx[inputStart(item, 1, j) + e] = dk[j][e]
                    result.dx[inputStart(item, 2, j) + e] = dv[j][e]
                }
            }
        }
        return result
    }

    private func zeros() -> [[Double]] { Array(repeating: Array(repeating: 0, count: width), count: length) }

    private func inputStart(_ item: Int, _ part: Int, _ token: Int) -> Int {
        (((item / heads) * length + token) * 3 + part) * channels + item % heads * width
    }

    private func outputStart(_ item: Int, _ token: Int) -> Int {
        ((item / heads) * length + token) * channels + item % heads * width
    }

    private func part(_ x: [Float], _ item: Int, _ part: Int) -> [[Double]] {
        (0..<length).map { row(x, inputStart(item, part, $0)) }
    }

    private func row(_ x: [Float], _ start: Int) -> [Double] { x[start..<start + width].map(Double.init) }

    private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
