import ArgumentParser
import Experiments

/// A first word that is no command: told with the nearest one, where the parser would speak of unexpected arguments.
enum UnknownCommand {
    static func refuse(_ arguments: [String]) throws { try refuse(arguments[...], in: Ablate.self, path: "ablate") }

    private static func refuse(_ words: ArraySlice<String>, in parent: any ParsableCommand.Type, path: String) throws {
        let commands = parent.configuration.subcommands
        guard !commands.isEmpty, let word = words.first, !word.hasPrefix("-"), word != "help" else { return }
        if let command = commands.first(where: { $0.configuration.commandName == word }) {
            return try refuse(words.dropFirst(), in: command, path: "\(path) \(word)")
        }
        let names = commands.filter { $0.configuration.shouldDisplay }.compactMap { $0.configuration.commandName }
        let nearest = nearestWord(to: word, in: names).map { "Did you mean `\(path) \($0)`? " } ?? ""
        throw Refusal(
            "there is no command `\(path) \(word)`", remedy: nearest + "`\(path) --help` lists the commands")
    }
}
