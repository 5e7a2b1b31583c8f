import Results

/// What came of training trials again.
enum VerificationTable {
    static func table(_ results: [(trial: StoredTrial, repetition: Repetition, result: VerificationResult)]) -> Table {
        Table(
            columns: columns,
            rows: results.map { trial, repetition, result in
                [
                    .text("\(trial.label)"), .text(trial.identity), Table.Cell(.flag(result.isEqual)),
                    .integer(result.compared), .number(repetition.outcome.wallSeconds),
                    .text(repetition.outcome.weightsDigest), .text(result.firstDifference),
                ]
            }, notes: results.compactMap { note($0.trial, $0.repetition, $0.result) })
    }

    private static let columns: [Table.Column] = [
        .init("trial"), .init("identity", isRaw: true), .init("equal"),
        .init("compared", title: "numbers compared", alignment: .right),
        .init("wall_seconds", title: "time", unit: "s", alignment: .right, format: .duration, narrowing: .drop(1)),
        .init("weights_digest", isRaw: true), .init("first_difference", title: "first difference", narrowing: .list),
    ]

    /// Why bits may differ that should not.
    static func note(_ trial: StoredTrial, _ repetition: Repetition, _ result: VerificationResult) -> String? {
        guard !result.isEqual, let stored = trial.selected else { return nil }
        let now = repetition.provenance
        if let processor = stored.processor, processor != now.processor {
            return
                "\(trial.label) was trained on \(processor), this is \(now.processor): bits are the same on one kind "
                + "of processor only."
        }
        if let version = stored.codeVersion, version != now.codeVersion {
            return "\(trial.label) was trained by ablate \(version), this is \(now.codeVersion)."
        }
        return "\(trial.label): processor and version are the same, so this should not be: check the memory of this "
            + "machine, and report it."
    }
}
