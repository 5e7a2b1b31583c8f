/// The rows that a query gave.
public struct QueryResult: Hashable, Sendable {
    public var columns: [String]
    public var rows: [[QueryValue]]
    /// Whether there were more rows than allowed.
    public var isTruncated: Bool
}

/// One value of a query, in SQLite's own types.
public enum QueryValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}
