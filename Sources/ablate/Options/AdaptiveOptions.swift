import ArgumentParser
import Experiments
import Results

/// Runs that decide by themselves what to train next, as they are run and planned.
struct AdaptiveOptions: ParsableArguments {
    @Flag(
        name: .long,
        help: ArgumentHelp(
            "Add paired seeds where they decide a claim soonest, until all claims are decided.",
            discussion: "p-values are corrected for looking after every pair; see docs/explanation/statistics.md."))
    var untilDecided = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The most seeds of a row in --until-decided, fixed by its first run (default: \(SequentialPlan.usualMost)).",
            valueName: "n"))
    var maxSeeds: Int?

    @Flag(
        name: .long,
        help: ArgumentHelp(
            "Train all rows for a few epochs and only the best on validation to the end.",
            discussion: "Successive halving for sweeps over many placements; a plain run finishes the others later."))
    var halving = false

    @Option(
        name: .long,
        help: ArgumentHelp("The share of the rows that goes on in --halving (default: 1/3).", valueName: "share"),
        transform: OptionValue.reading("give a share above 0 and below 1, such as 1/3"))
    var keep: Share?

    /// The share of the rows that goes on.
    var share: Double { keep?.value ?? 1.0 / 3 }

    func validate() throws {
        if untilDecided, halving { throw ValidationError("--until-decided and --halving can't go together.") }
        if !halving, keep != nil { throw ValidationError("--keep goes with --halving.") }
        if !untilDecided, maxSeeds != nil { throw ValidationError("--max-seeds goes with --until-decided.") }
        if let maxSeeds, !(6...SequentialPlan.possibleMost.upperBound).contains(maxSeeds) {
            throw ValidationError(
                "--max-seeds \(maxSeeds): give a number from 6, with which a claim can be decided at all, to "
                    + "\(SequentialPlan.possibleMost.upperBound).")
        }
    }
}

extension AdaptiveOptions {
    /// Refuses an experiment that chooses among values, which needs them all.
    func check(_ experiment: Experiment) throws {
        if untilDecided || halving, let axis = experiment.selectedAxes.first {
            throw Refusal(
                "the file selects the best `\(axis)` of each row, which needs every value with every seed",
                remedy: "Leave --until-decided and --halving out, or take `select` out of the file")
        }
    }
}

/// A time on the command line: `45s`, `90m`, `2h`, `1h30m`.
struct TimeSpan: ExpressibleByArgument, Hashable {
    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]

    let seconds: Int

    init?(argument: String) {
        var total = 0
        var digits = ""
        for character in argument.lowercased() {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            guard digits.count < 9, let number = Int(digits), let unit = Self.units[character] else { return nil }
            total += number * unit
            digits = ""
        }
        guard digits.isEmpty, total > 0 else { return nil }
        seconds = total
    }
}

/// A share on the command line: `1/3` or `0.33`, above 0 and below 1.
struct Share: ExpressibleByArgument, Hashable {
    let value: Double

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
        guard (1...2).contains(parts.count), let first = parts[0], let divisor = parts.count == 1 ? 1 : parts[1],
            divisor != 0, first / divisor > 0, first / divisor < 1
        else { return nil }
        value = first / divisor
    }
}
