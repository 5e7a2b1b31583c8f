extension Unicode.Scalar {
    /// Whether a terminal gives it two cells: East Asian wide characters, in their main blocks, and emoji (Unicode Standard
    /// Annex 11).
    package var isWide: Bool {
        switch value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
            0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x20000...0x3fffd:
            true
        default: properties.isEmojiPresentation
        }
    }
}
