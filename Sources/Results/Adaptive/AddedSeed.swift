/// One more seed for one row.
public struct AddedSeed: Hashable, Sendable {
    public var row: String
    public var seed: Int

    public init(row: String, seed: Int) {
        self.row = row
        self.seed = seed
    }
}
