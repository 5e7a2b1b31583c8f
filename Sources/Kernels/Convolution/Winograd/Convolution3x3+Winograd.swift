extension Convolution3x3 {
    /// Whether Winograd's transforms pay: by the sizes alone, so that a network's bits depend on nothing else.
    ///
    /// Both sides are multiply-adds; a tile's transforms take as long as 280 of them for a channel read and 224 for one
    /// written, at stride 2 as 450 for either. It must be ahead by a fifth (docs/decisions/0007-winograd.md), and at stride
    /// 2, where the gain is smaller, the transformed weights must stay near (0011-winograd-at-stride-2.md).
    var usesWinograd: Bool {
        guard inputChannels >= 8 && outputChannels >= 8 else { return false }
        let (weights, tiles) = (inputChannels * outputChannels, WinogradTiles(height: outputHeight, width: outputWidth))
        let cost =
            stride == 1
            ? WinogradTiles.pointCount * weights + 280 * inputChannels + 224 * outputChannels
            : StridedTransform.places * StridedTransform.places * weights + 450 * (inputChannels + outputChannels)
        return 6 * tiles.count * cost <= 5 * multiplyAddsPerImage && (stride == 1 || weights <= 1 << 15)
    }

    /// The same for the weight's gradient, whose sums are read and written again and again.
    var usesWinogradWeightGradient: Bool {
        usesWinograd && (stride == 1 || inputChannels * outputChannels <= 1 << 14)
    }

    var winogradForward: WinogradConvolution {
        WinogradConvolution(
            stride == 1 ? .plain : .halving, height: height, width: width, channels: inputChannels,
            columns: outputChannels)
    }

    /// An input's gradient is the convolution of dy with the weights turned by 180°.
    var winogradInputGradient: WinogradConvolution {
        WinogradConvolution(
            stride == 1 ? .plain : .doubling, height: height, width: width, channels: outputChannels,
            columns: inputChannels)
    }

    var winogradWeightGradient: WinogradWeightGradient {
        WinogradWeightGradient(
            height: height, width: width, isStrided: stride == 2,
            tiles: WinogradTiles(height: outputHeight, width: outputWidth), inputChannels: inputChannels,
            outputChannels: outputChannels)
    }
}
