import Autograd
import Testing

@Suite struct ConvolutionCostTests {
    /// MambaVision's first convolution: 224×224×3 to 112×112×32 is 27 products for each of 401,408 outputs.
    @Test func countsEveryProductOfTheKernel() {
        let tape = Tape(mode: .dry, parallel: Parallel(threads: 1), pool: BufferPool(dry: true))
        let census = Census()
        tape.census = census
        let store = ParameterStore()
        let weight = ParameterScope(store).parameter("weight", [32, 3, 3, 3], .constant(0))
        let y = convolution3x3(tape.input([2, 224, 224, 3]), weight: weight.tensor, bias: nil, stride: 2)
        #expect(y.shape == [2, 112, 112, 32])
        #expect(census.entries.map(\.multiplyAccumulates) == [2 * 401_408 * 27])
    }

    @Test func windowsOfAPaddedImage() {
        let tape = Tape(mode: .dry, parallel: Parallel(threads: 1), pool: BufferPool(dry: true))
        let windows = windowPartition(tape.input([2, 14, 15, 8]), window: 7)
        #expect(windows.shape == [12, 49, 8])
        #expect(windowReverse(windows, window: 7, batch: 2, height: 14, width: 15).shape == [2, 14, 15, 8])
    }
}
