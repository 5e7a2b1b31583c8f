/// Matrix products of a linear layer, forward and backward: `y = x·Wᵀ + b`, `dx = dy·W`, `dW = dyᵀ·x`, `db = Σ dy`.
///
/// All matrices are row-major Float32; a stride is the distance in floats from one row to the next, so that a block of
/// columns of a wider matrix is a matrix too. Every function runs on the calling thread, allocates nothing, and gives each
/// result the same bits however its rows are split over calls.
public enum Products {
    /// Columns of one packed panel.
    public static let panelColumns = 16

    /// Packed panels of so many columns.
    static func panels(_ columns: Int) -> Int { (columns + panelColumns - 1) / panelColumns }

    /// Rows of one register tile.
    public static let tileRows = 6
}
