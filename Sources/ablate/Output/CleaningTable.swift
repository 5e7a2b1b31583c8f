import Results

/// What a cleaning deleted, or would.
struct CleaningTable {
    let table: Table

    init(_ cleaning: Cleaning, _ orphans: [CheckpointFiles.File], apply: Bool, before: Int, _ path: String) {
        let rows: [(String, Int, Int?)] = [
            ("removed experiments", cleaning.removedExperiments, nil),
            ("removed rows", cleaning.removedRows, nil),
            ("removed trials", cleaning.removedTrials, nil),
            ("attempts of removed trials", cleaning.removedAttempts, nil),
            ("epochs of superseded attempts", cleaning.supersededEpochs, nil),
            ("metrics of superseded attempts", cleaning.supersededMetrics, nil),
            ("orphan checkpoint files", orphans.count, orphans.reduce(0) { $0 + $1.bytes }),
        ]
        let bytes = NumberFormat.bytes
        let after = FileSize.of(path)
        table = Table(
            columns: [
                .init("what"),
                .init(apply ? "deleted" : "would_delete", title: apply ? "deleted" : "to delete", alignment: .right),
                .init("bytes", title: "size", unit: "bytes", alignment: .right, format: .bytes),
            ],
            rows: rows.map { [.text($0.0), .integer($0.1), .integer($0.2)] },
            notes: [
                apply
                    ? "The database had \(bytes.text(Double(before))) and has \(bytes.text(Double(after)))."
                    : "Nothing was changed: --apply deletes."
            ])
    }
}
