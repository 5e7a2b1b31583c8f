import Training

/// Reads the cells of a drawn picture of 8 × 8 from its pixels alone.
struct CellReader {
    let picture: Picture

    private static let palette: [[UInt8]] = [
        [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0], [255, 0, 255], [0, 255, 255], [255, 128, 0],
        [128, 0, 255],
    ]

    init(_ picture: Picture) {
        self.picture = picture
    }

    private var cell: Int { picture.size.width / 8 }

    func pixel(_ place: Int, _ y: Int, _ x: Int) -> ArraySlice<UInt8> {
        let start = ((place / 8 * cell + y) * picture.size.width + place % 8 * cell + x) * 3
        return picture.bytes[start..<start + 3]
    }

    /// The nine bits of the cell's glyph: which of its dots are white.
    func bits(_ place: Int) -> [Bool] {
        let (dot, margin) = (cell / 4, (cell - 3 * (cell / 4)) / 2)
        return (0..<9).map { pixel(place, margin + $0 / 3 * dot, margin + $0 % 3 * dot).allSatisfy { $0 == 255 } }
    }

    /// The colour that fills the cell, by its number.
    func colour(_ place: Int) -> Int32? {
        CellReader.palette.firstIndex { $0[...].elementsEqual(pixel(place, 0, 0)) }.map(Int32.init)
    }

    /// recall-grid: a glyph on black with its middle bit set.
    func isKey(_ place: Int) -> Bool {
        bits(place)[4] && pixel(place, cell - 1, cell - 1).allSatisfy { $0 == 0 }
    }

    /// recall-grid: a glyph on white.
    func isQuery(_ place: Int) -> Bool {
        pixel(place, cell - 1, cell - 1).allSatisfy { $0 == 255 }
    }
}
