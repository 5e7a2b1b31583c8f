extension FileReader {
    /// The value of a setting; nil, and a report, where it does not fit.
    mutating func value(_ node: FileNode, of key: SettingKey) -> SettingValue? {
        if let absence = key.absence, node.plainText == absence.word { return .absent }
        return value(node, as: key.shape, written: key.writtenShape, called: "`\(key.path)`")
    }

    /// The value of a scalar or list of this shape; nil, and a report, where it does not fit.
    ///
    /// - Parameter written: the shape that the report names, where more may be written than `shape`.
    mutating func value(
        _ node: FileNode, as shape: ValueShape, written: ValueShape? = nil, called name: String
    ) -> SettingValue? {
        if case .list(let element, let count) = shape {
            return list(node, of: element, count: count, written: written ?? shape, called: name)
        }
        let problem: Misfit
        switch (node.content, shape) {
        case (.scalar(let text, true), .integer(let range)):
            switch PlainScalar.integer(text) {
            case .success(let number) where range.contains(number): return .integer(number)
            case .success: problem = Misfit()
            case .failure(let misfit): problem = misfit
            }
        case (.scalar(let text, true), .number(let range)):
            switch PlainScalar.number(text) {
            case .success(let number) where range.contains(number): return .number(number)
            case .success: problem = Misfit()
            case .failure(let misfit): problem = misfit
            }
        case (.scalar(let text, true), .boolean):
            if let flag = PlainScalar.boolean(text) { return .boolean(flag) }
            problem = Misfit(instead: PlainScalar.looseBooleans[text.lowercased()].map { $0 ? "true" : "false" })
        case (.scalar(let text, _), .choice(let words)):
            if words.contains(where: { $0.word == text }) { return .text(text) }
            problem = Misfit(instead: nearestWord(to: text, in: words.map(\.word)))
        case (.scalar(let text, let isPlain), .text), (.scalar(let text, let isPlain), .name):
            if !isPlain || !node.isEmpty { return .text(text) }
            problem = Misfit()
        case (.scalar(let text, false), _):
            problem = Misfit(instead: text, reason: "without quotation marks")
        default:
            problem = Misfit()
        }
        report(problem, node, written ?? shape, name)
        return nil
    }

    private mutating func list(
        _ node: FileNode, of element: ValueShape, count: ClosedRange<Int>, written: ValueShape, called name: String
    ) -> SettingValue? {
        guard case .list(let nodes) = node.content else {
            let single = node.text.map { "[\($0)]" }
            report(node.isEmpty || count.lowerBound > 1 ? Misfit() : Misfit(instead: single), node, written, name)
            return nil
        }
        guard count.contains(nodes.count) else {
            error(
                "\(name) has \(counted(nodes.count, "value"))", at: node.place,
                remedy: "write \(written)")
            return nil
        }
        let values = nodes.map { value($0, as: element, called: "a value of \(name)") }
        let fitting = values.compactMap { $0 }
        return fitting.count == values.count ? .list(fitting) : nil
    }

    private mutating func report(_ misfit: Misfit, _ node: FileNode, _ shape: ValueShape, _ name: String) {
        let message = node.isEmpty ? "\(name) has no value" : "\(name) can't be \(node.description)"
        let remedy =
            misfit.instead.map { "write `\($0)`" + (misfit.reason.map { " \($0)" } ?? "") }
            ?? (node.isEmpty ? "write \(shape), or delete the key" : "write \(shape)")
        error(message, at: node.place, remedy: remedy)
    }
}

/// Why a text is not what it should be.
struct Misfit: Error {
    /// What the person probably meant.
    var instead: String?
    var reason: String?
}

/// What texts without quotation marks mean, by the core schema of YAML 1.2.
enum PlainScalar {
    /// Words that other versions of YAML take for truth values.
    static let looseBooleans = ["yes": true, "on": true, "y": true, "no": false, "off": false, "n": false]

    static func boolean(_ text: String) -> Bool? {
        switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    static func integer(_ text: String) -> Result<Int, Misfit> {
        if isInteger(text), let number = Int(text) { return .success(number) }
        if let number = plainNumber(text), number == number.rounded(), abs(number) < 1e15 {
            return .failure(Misfit(instead: String(Int(number))))
        }
        return .failure(Misfit(instead: groupless(text)))
    }

    static func number(_ text: String) -> Result<Double, Misfit> {
        if let number = plainNumber(text), number.isFinite { return .success(number) }
        return .failure(Misfit(instead: groupless(text)))
    }

    /// `10_000` and `10,000` as `10000`.
    private static func groupless(_ text: String) -> String? {
        let digits = text.filter { $0 != "_" && $0 != "," }
        return digits != text && isInteger(digits) ? digits : nil
    }

    private static func isInteger(_ text: String) -> Bool {
        let digits =
            text.utf8.first.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } == true
            ? text.utf8.dropFirst() : text.utf8[...]
        return !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func plainNumber(_ text: String) -> Double? {
        let parts = text.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
        let halves =
            parts.count == 2 ? parts : text.split(separator: "E", maxSplits: 1, omittingEmptySubsequences: false)
        guard let mantissa = halves.first, text.utf8.count <= 64 else { return nil }
        if halves.count == 2, !isInteger(String(halves[1])) { return nil }
        let unsigned = mantissa.first.map { $0 == "-" || $0 == "+" } == true ? mantissa.dropFirst() : mantissa
        let digits = unsigned.filter { $0 != "." }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            unsigned.utf8.count - digits.utf8.count <= 1
        else { return nil }
        var readable = String(mantissa.first == "+" ? mantissa.dropFirst() : mantissa)
        if readable.hasSuffix(".") { readable += "0" }
        return Double(halves.count == 2 ? readable + "e" + halves[1] : readable)
    }
}
