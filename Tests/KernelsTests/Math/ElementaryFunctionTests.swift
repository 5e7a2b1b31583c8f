import Foundation
import Kernels
import Testing

/// How far a vector function may be from the mathematical one, over a range of arguments.
struct AccuracyClaim: Sendable, CustomTestStringConvertible {
    enum Measure: Sendable {
        /// |error| in units of the last place of the exact value.
        case unitsInTheLastPlace
        /// |error|.
        case absolute
        /// |error| / max(1, |x|).
        case absoluteBeyondOne
        /// |error| / |exact|.
        case relative
    }

    var function: ElementaryFunction
    var range: ClosedRange<Double>
    var measure: Measure
    var bound: Double
    var exact: @Sendable (Double) -> Double
    var testDescription: String { "\(function) on \(range)" }
}

private func normalDensity(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }
private func normalCumulative(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }
private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
private let slope = (2 / Double.pi).squareRoot()
private func cubic(_ x: Double) -> Double { slope * (x + 0.044715 * x * x * x) }
private func cubicDerivative(_ x: Double) -> Double { slope * (1 + 3 * 0.044715 * x * x) }

let accuracyClaims: [AccuracyClaim] = [
    AccuracyClaim(
        function: .exponential, range: -87.3...88.3, measure: .unitsInTheLastPlace, bound: 1.2, exact: { exp($0) }),
    AccuracyClaim(
        function: .exponentialMinusOne, range: -80...88, measure: .relative, bound: 2.5e-7, exact: { expm1($0) }),
    AccuracyClaim(
        function: .exponentialMinusOne, range: -0.01...0.01, measure: .relative, bound: 2.5e-7, exact: { expm1($0) }),
    AccuracyClaim(
        function: .powerOfTwo, range: -126...127, measure: .relative, bound: 2.5e-7, exact: { exp2($0) }),
    AccuracyClaim(
        function: .softplus, range: -80...100, measure: .unitsInTheLastPlace, bound: 3,
        exact: { $0 > 20 ? $0 : log1p(exp($0)) }),
    AccuracyClaim(function: .sigmoid, range: -80...100, measure: .absolute, bound: 1.5e-7, exact: sigmoid),
    AccuracyClaim(
        function: .silu, range: -80...100, measure: .unitsInTheLastPlace, bound: 3, exact: { $0 * sigmoid($0) }),
    AccuracyClaim(
        function: .siluDerivative, range: -50...50, measure: .absolute, bound: 3e-7,
        exact: { sigmoid($0) * (1 + $0 * (1 - sigmoid($0))) }),
    AccuracyClaim(function: .tanh, range: -20...20, measure: .absolute, bound: 4e-7, exact: { tanh($0) }),
    AccuracyClaim(function: .erf, range: -10...10, measure: .absolute, bound: 5e-7, exact: { erf($0) }),
    AccuracyClaim(
        function: .geluErf, range: -20...20, measure: .absoluteBeyondOne, bound: 4e-7,
        exact: { $0 * normalCumulative($0) }),
    AccuracyClaim(
        function: .geluErfDerivative, range: -20...20, measure: .absolute, bound: 5e-7,
        exact: { normalCumulative($0) + $0 * normalDensity($0) }),
    AccuracyClaim(
        function: .geluTanh, range: -20...20, measure: .absoluteBeyondOne, bound: 4e-7,
        exact: { $0 / 2 * (1 + tanh(cubic($0))) }),
    AccuracyClaim(
        function: .geluTanhDerivative, range: -20...20, measure: .absolute, bound: 5e-7,
        exact: {
            let t = tanh(cubic($0))
            return (1 + t) / 2 + $0 / 2 * (1 - t * t) * cubicDerivative($0)
        }),
]

@Suite struct ElementaryFunctionTests {
    @Test(arguments: accuracyClaims)
    func errorStaysBelowItsBound(_ claim: AccuracyClaim) {
        let worst = worstError(claim)
        #expect(worst.error <= claim.bound, "at x = \(worst.x)")
    }

    @Test func everyFunctionHasAClaim() {
        let claimed = Set(accuracyClaims.map(\.function))
        #expect(claimed == Set(ElementaryFunction.allCases))
    }

    @Test(arguments: ElementaryFunction.allCases)
    func notANumberStaysSo(_ function: ElementaryFunction) {
        let x: [Float] = [.nan, 1, -.nan]
        var y = [Float](repeating: 0, count: 3)
        function.apply(x, count: 3, into: &y)
        #expect(y[0].isNaN && y[1].isFinite && y[2].isNaN)
    }

    @Test(arguments: ElementaryFunction.allCases)
    func extremeArgumentsStayFinite(_ function: ElementaryFunction) {
        let x: [Float] = [-1e30, -300, 300, 0]
        var y = [Float](repeating: .nan, count: 4)
        let count = function == .powerOfTwo ? 2 : 4
        function.apply(x, count: count, into: &y)
        let isPolynomial = function == .geluTanhDerivative || function == .geluErfDerivative
        let areFinite = y[..<count].dropFirst(isPolynomial ? 1 : 0).allSatisfy { $0.isFinite }
        #expect(areFinite)
    }
}

/// The largest error over 200,000 arguments, evenly spread, each rounded to Float first.
private func worstError(_ claim: AccuracyClaim) -> (error: Double, x: Float) {
    let count = 200_000
    let width = claim.range.upperBound - claim.range.lowerBound
    let x = (0..<count).map { Float(claim.range.lowerBound + width * Double($0) / Double(count - 1)) }
    var y = x
    claim.function.apply(x, count: count, into: &y)
    var worst: (error: Double, x: Float) = (0, 0)
    for (x, y) in zip(x, y) {
        let exact = claim.exact(Double(x))
        var error = abs(Double(y) - exact)
        switch claim.measure {
        case .unitsInTheLastPlace: error /= Double(Float(exact).ulp)
        case .absolute: break
        case .absoluteBeyondOne: error /= max(1, Double(abs(x)))
        case .relative: error /= max(abs(exact), Double(Float.leastNormalMagnitude))
        }
        if !(error <= worst.error) {
            worst = (error, x)
        }
    }
    return worst
}
