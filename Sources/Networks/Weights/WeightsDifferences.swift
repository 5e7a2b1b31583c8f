/// In which a file of weights and a network differ, kind by kind.
public struct WeightsDifferences: Hashable, Sendable, CustomStringConvertible {
    /// Names that the network has and the file has not.
    public internal(set) var missing: [String] = []
    /// Names with the file's shape and the network's.
    public internal(set) var misshapen: [String] = []
    /// Quoted names that the file has and the network has not.
    public internal(set) var extra: [String] = []
    /// Pairs of quoted names that are the same array of the network.
    public internal(set) var doubled: [String] = []

    /// Of each kind so many are named: a wrong width alone changes the shape of nearly all.
    private static let mostNamed = 5

    public var isEmpty: Bool { missing.isEmpty && misshapen.isEmpty && extra.isEmpty && doubled.isEmpty }

    /// `1 of another shape (…); 2 missing (…); 3 not part of it (…)`.
    public var description: String {
        let kinds = [
            ("of another shape", misshapen), ("missing", missing), ("not part of it", extra),
            ("there twice", doubled),
        ]
        return kinds.filter { !$0.1.isEmpty }.map { kind, names in
            let rest = names.count - Self.mostNamed
            let shown = names.prefix(Self.mostNamed).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
            return "\(names.count) \(kind) (\(shown))"
        }
        .joined(separator: "; ")
    }
}
