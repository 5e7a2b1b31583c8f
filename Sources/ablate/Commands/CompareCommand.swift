import ArgumentParser
import Experiments
import Networks
import Results

/// `ablate compare`: two rows, or two experiments, seed by seed.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compare two rows or two experiments, paired by seed.",
        discussion: """
            ablate compare last first
            ablate compare "M2 A2" "A2 M2" --experiment quickstart
            ablate compare short/last long/last
            ablate compare short long

            The difference is the first minus the second, with its 95 % t interval and the exact sign-flip p-value.
            """)

    @Argument(
        help: ArgumentHelp("A row, EXPERIMENT/ROW, a layout, or an experiment.", valueName: "first"),
        completion: NameCompletion.comparable)
    var first: String

    @Argument(
        help: ArgumentHelp("The same for what it is compared with.", valueName: "second"),
        completion: NameCompletion.comparable)
    var second: String

    @Option(
        name: .long,
        help: ArgumentHelp("The experiment whose rows are meant, where several have them.", valueName: "name"),
        completion: NameCompletion.experiments)
    var experiment: String?

    @Option(
        name: .long, help: ArgumentHelp("Another metric, such as loss or \"accuracy pairs=4\".", valueName: "metric"))
    var metric: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reader = try database.reader()
        let names = try reader.experimentNames()
        if experiment == nil, names.contains(first), names.contains(second) {
            try output.print(reader.compare(experiments: first, second, metric: metric).table)
            return
        }
        let (one, two) = try reader.rows(matching: canonical(first), canonical(second), experiment: experiment)
        try output.write(
            reader.compare(one, two, metric: metric).render(output.format, style: output.style))
    }

    /// A layout in the form in which the database has it; anything else as it is.
    private func canonical(_ text: String) -> String {
        do {
            let layout = try LayoutParser(vocabulary: Mixers.vocabulary).layout(text)
            return try layout.text(in: .ablate, Mixers.vocabulary)
        } catch {
            return text
        }
    }
}
