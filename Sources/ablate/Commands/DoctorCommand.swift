import ArgumentParser
import Results

/// `ablate doctor`: looks at the database, the machine and the data, and says what to do.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Examine the database, this machine and the data sets; say what is wrong and what to do.",
        discussion:
            "Exit codes: 0 nothing is wrong, 1 there are problems. The whole database is read; nothing is written.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let stored = DatabaseExamination.findings(database)
        let data = DataExamination.findings(DatabaseExamination.isSound(stored) ? database : nil)
        let findings = stored + MachineExamination.findings(database) + data
        try output.print(FindingTable.table(findings))
        if findings.contains(where: { $0.level == .problem }) { throw ExitCode(ExitStatus.someFailed) }
    }
}
