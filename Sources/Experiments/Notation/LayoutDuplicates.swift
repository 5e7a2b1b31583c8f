extension Layout {
    /// The names that stand for one and the same layout, group by group, in the order of their first appearance.
    ///
    /// `last(1/4)` and `last(1)` are the same layout at depth 4; training both would compare a row with itself.
    public static func duplicates(in rows: some Sequence<(name: String, layout: Layout)>) -> [[String]] {
        var groups: [Layout: Int] = [:]
        var names: [[String]] = []
        for row in rows {
            if let group = groups[row.layout] {
                names[group].append(row.name)
            } else {
                groups[row.layout] = names.count
                names.append([row.name])
            }
        }
        return names.filter { $0.count > 1 }
    }
}
