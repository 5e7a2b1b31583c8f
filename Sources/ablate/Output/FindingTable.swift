import Experiments
import Results

/// What an examination found, problems marked.
enum FindingTable {
    static func table(_ findings: [Finding]) -> Table {
        let problems = findings.count { $0.level == .problem }
        return Table(
            columns: columns,
            rows: findings.map { finding in
                [
                    .text(finding.subject), .text(finding.area),
                    Table.Cell(.text(finding.level.rawValue), isEmphasized: finding.level == .problem),
                    .text(finding.text), .text(finding.remedy),
                ]
            },
            notes: [problems == 0 ? "Nothing is wrong." : "\(counted(problems, "problem"))."])
    }

    private static let columns: [Table.Column] = [
        .init("subject"), .init("area"), .init("state"), .init("finding", narrowing: .list),
        .init("remedy", title: "what to do", narrowing: .list),
    ]
}
