import Foundation

/// A command as ArgumentParser describes it in JSON: what manual pages and references are made of.
struct CommandDescription: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let kind: String
        let shouldDisplay: Bool
        let sectionTitle: String?
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let defaultValue: String?
        let allValues: [String]?
        let abstract: String?
    }

    let commandName: String
    let shouldDisplay: Bool?
    let superCommands: [String]?
    let abstract: String?
    let discussion: String?
    let subcommands: [CommandDescription]?
    let arguments: [Argument]?

    /// - Parameter text: ArgumentParser's description of the whole program.
    static func decode(_ text: String) throws -> CommandDescription {
        struct Tool: Decodable {
            let command: CommandDescription
        }
        return try JSONDecoder().decode(Tool.self, from: Data(text.utf8)).command
    }

    /// `ablate data list`.
    var fullName: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

    /// The commands that do something themselves, this one or those below it, without hidden ones.
    var leaves: [CommandDescription] {
        let children = (subcommands ?? []).filter { $0.shouldDisplay ?? true && $0.commandName != "help" }
        return children.isEmpty ? [self] : children.flatMap(\.leaves)
    }

    /// What the command takes, without `--help` and `--version`.
    var shownArguments: [Argument] {
        (arguments ?? []).filter { argument in
            argument.shouldDisplay && !["help", "version"].contains(argument.names?.last?.name)
        }
    }

    /// `ablate run <file> [options]`.
    var usage: String {
        let positional = shownArguments.filter { $0.kind == "positional" }.map { argument in
            let name = "<\(argument.valueName ?? "value")>" + (argument.isRepeating ? " ..." : "")
            return argument.isOptional ? "[\(name)]" : name
        }
        let required = shownArguments.filter { $0.kind == "option" && !$0.isOptional }.map(\.spelling)
        let hasOptions = shownArguments.contains { $0.kind != "positional" && $0.isOptional }
        return ([fullName] + positional + required + (hasOptions ? ["[options]"] : [])).joined(separator: " ")
    }
}

extension CommandDescription.Argument {
    /// `-j, --jobs <n>`.
    var spelling: String {
        guard kind != "positional" else { return "<\(valueName ?? "value")>" }
        let names = (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }.sorted { $0.count < $1.count }
        return names.joined(separator: ", ") + (kind == "option" ? " <\(valueName ?? "value")>" : "")
    }

    /// What it means, which values it takes and what it is without being given.
    var explanation: String {
        var text = abstract ?? ""
        if let values = allValues, !values.isEmpty { text += " One of \(values.joined(separator: ", "))." }
        if let value = defaultValue, kind == "option" { text += " Default: \(value)." }
        return text.trimmingCharacters(in: .whitespaces)
    }
}
