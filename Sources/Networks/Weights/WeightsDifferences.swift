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

    /// A hostile file can have any number of extra arrays; so many of a kind are named.
    private static let mostNamed = 500

    public var isEmpty: Bool { missing.isEmpty && misshapen.isEmpty && extra.isEmpty && doubled.isEmpty }

    /// `2 missing (…); 1 of another shape (…); 3 that do not belong to it (…)`.
    public var description: String {
        let kinds = [
            ("missing", missing), ("of another shape", misshapen), ("not part of it", extra),
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
