import Experiments
import Results

/// The fields of one trial beside those of another: what is hashed to their identities. Those that differ come first.
struct FieldTable {
    let table: Table

    init(identity: String, label: String, canonical: String, reasons: [String], other: StoredTrial?) {
        let mine = TrialSpecification.fieldTexts(ofCanonical: canonical) ?? [:]
        let theirs = other.flatMap { TrialSpecification.fieldTexts(ofCanonical: $0.canonical) } ?? [:]
        let names = Set(mine.keys).union(theirs.keys).sorted()
        let differing = names.filter { other != nil && mine[$0] != theirs[$0] }
        let rows = (differing + names.filter { !differing.contains($0) }).map { name in
            let isEqual = mine[name] == theirs[name]
            return [
                Table.Cell.text(name), .text(ReuseReasons.shown(mine[name])), .text(ReuseReasons.shown(theirs[name])),
                other == nil ? .empty : Table.Cell(.flag(isEqual), isEmphasized: !isEqual),
            ]
        }
        var notes = reasons
        if let other {
            let place = differing.isEmpty ? "in no field" : "in \(differing.joined(separator: ", "))"
            notes.append(
                "The other is \(other.identity.prefix(10)) (\(other.label), \(other.state.rawValue)); it differs \(place)."
            )
        } else {
            notes.append("There is no other trial in the database to compare with.")
        }
        notes.append("A field that is empty is not set, or has no effect beside the others.")
        table = Table(
            title: "\(label): \(identity)",
            columns: [.init("field"), .init("this"), .init("other"), .init("same")], rows: rows, notes: notes)
    }
}
