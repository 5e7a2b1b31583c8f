extension Convolution3x3 {
    /// Whether Winograd's transforms pay: by the sizes alone, so that a network's bits depend on nothing else.
    ///
    /// Both sides are multiply-adds; a tile's transforms take as long as 280 of them for a channel read and 224 for one
    /// written. It must be ahead by a fifth (docs/decisions/0007-winograd.md).
    var usesWinograd: Bool {
        guard stride == 1 && inputChannels >= 8 && outputChannels >= 8 else { return false }
        let tiles = WinogradTiles(height: height, width: width).count
        let products = WinogradTiles.pointCount * inputChannels * outputChannels
        let cost = tiles * (products + 280 * inputChannels + 224 * outputChannels)
        return 6 * cost <= 5 * multiplyAddsPerImage
    }

    var winogradForward: WinogradConvolution {
        WinogradConvolution(height: height, width: width, channels: inputChannels, columns: outputChannels)
    }

    /// An input's gradient is the convolution of dy with the weights turned by 180°.
    var winogradInputGradient: WinogradConvolution {
        WinogradConvolution(height: height, width: width, channels: outputChannels, columns: inputChannels)
    }

    var winogradWeightGradient: WinogradWeightGradient {
        WinogradWeightGradient(
            tiles: WinogradTiles(height: height, width: width), inputChannels: inputChannels,
            outputChannels: outputChannels)
    }
}
