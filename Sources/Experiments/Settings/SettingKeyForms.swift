/// A writable place in the settings.
typealias SettingPlace<Value> = WritableKeyPath<TrialSettings, Value> & Sendable

/// Words of a setting that an enumeration lists.
protocol SettingChoice: RawRepresentable, CaseIterable, Sendable where RawValue == String {
    /// What the choice stands for, one phrase.
    var summary: String { get }
}

extension SettingKey {
    static func integer(
        _ path: String, _ place: SettingPlace<Int>, _ range: ClosedRange<Int>, only condition: Condition? = nil,
        _ summary: String
    ) -> SettingKey {
        SettingKey(
            path: path, shape: .integer(range), summary: summary, isIdentity: true, absence: nil, condition: condition,
            read: { .integer($0[keyPath: place]) },
            write: { $0[keyPath: place] = integer($1, path) })
    }

    static func integer(
        _ path: String, _ place: SettingPlace<Int?>, _ range: ClosedRange<Int>, or absence: ValueShape.Word,
        only condition: Condition? = nil, _ summary: String
    ) -> SettingKey {
        SettingKey(
            path: path, shape: .integer(range), summary: summary, isIdentity: true, absence: absence,
            condition: condition,
            read: { $0[keyPath: place].map(SettingValue.integer) ?? .absent },
            write: { $0[keyPath: place] = $1 == .absent ? nil : integer($1, path) })
    }

    static func number(
        _ path: String, _ place: SettingPlace<Double>, _ range: NumberRange, only condition: Condition? = nil,
        _ summary: String
    ) -> SettingKey {
        SettingKey(
            path: path, shape: .number(range), summary: summary, isIdentity: true, absence: nil, condition: condition,
            read: { .number($0[keyPath: place]) },
            write: { $0[keyPath: place] = number($1, path) })
    }

    static func number(
        _ path: String, _ place: SettingPlace<Double?>, _ range: NumberRange, or absence: ValueShape.Word,
        _ summary: String
    ) -> SettingKey {
        SettingKey(
            path: path, shape: .number(range), summary: summary, isIdentity: true, absence: absence, condition: nil,
            read: { $0[keyPath: place].map(SettingValue.number) ?? .absent },
            write: { $0[keyPath: place] = $1 == .absent ? nil : number($1, path) })
    }

    /// Two numbers in one list.
    static func numbers(
        _ path: String, _ first: SettingPlace<Double>, _ second: SettingPlace<Double>, _ range: NumberRange,
        _ summary: String
    ) -> SettingKey {
        SettingKey(
            path: path, shape: .list(.number(range), count: 2...2), summary: summary, isIdentity: true, absence: nil,
            condition: nil,
            read: { .list([.number($0[keyPath: first]), .number($0[keyPath: second])]) },
            write: { settings, value in
                guard case .list(let values) = value, values.count == 2 else { mismatch(value, path) }
                settings[keyPath: first] = number(values[0], path)
                settings[keyPath: second] = number(values[1], path)
            })
    }

    static func boolean(_ path: String, _ place: SettingPlace<Bool>, _ summary: String) -> SettingKey {
        SettingKey(
            path: path, shape: .boolean, summary: summary, isIdentity: true, absence: nil, condition: nil,
            read: { .boolean($0[keyPath: place]) },
            write: { settings, value in
                guard case .boolean(let flag) = value else { mismatch(value, path) }
                settings[keyPath: place] = flag
            })
    }

    static func choice<Choice: SettingChoice>(
        _ path: String, _ place: SettingPlace<Choice>, only condition: Condition? = nil, _ summary: String
    ) -> SettingKey {
        SettingKey(
            path: path, shape: .choice(Choice.allCases.map { .init($0.rawValue, $0.summary) }), summary: summary,
            isIdentity: true, absence: nil, condition: condition,
            read: { .text($0[keyPath: place].rawValue) },
            write: { settings, value in
                guard case .text(let word) = value, let choice = Choice(rawValue: word) else { mismatch(value, path) }
                settings[keyPath: place] = choice
            })
    }

    /// One of the words of a list that other targets extend.
    static func word(
        _ path: String, _ place: SettingPlace<String>, _ words: [ValueShape.Word], _ summary: String
    ) -> SettingKey {
        SettingKey(
            path: path, shape: .choice(words), summary: summary, isIdentity: true, absence: nil, condition: nil,
            read: { .text($0[keyPath: place]) },
            write: { $0[keyPath: place] = text($1, path) })
    }

    static func text(
        _ path: String, _ place: SettingPlace<String?>, or absence: ValueShape.Word, isIdentity: Bool, _ summary: String
    ) -> SettingKey {
        SettingKey(
            path: path, shape: .text, summary: summary, isIdentity: isIdentity, absence: absence, condition: nil,
            read: { $0[keyPath: place].map(SettingValue.text) ?? .absent },
            write: { $0[keyPath: place] = $1 == .absent ? nil : text($1, path) })
    }

    static func integers(
        _ path: String, _ place: SettingPlace<[Int]>, _ range: ClosedRange<Int>, count: Int, _ summary: String
    ) -> SettingKey {
        SettingKey(
            path: path, shape: .list(.integer(range), count: count...count), summary: summary, isIdentity: true,
            absence: nil, condition: nil,
            read: { .list($0[keyPath: place].map(SettingValue.integer)) },
            write: { $0[keyPath: place] = integers($1, path) })
    }

    static func integers(
        _ path: String, _ place: SettingPlace<[Int]?>, _ range: ClosedRange<Int>, or absence: ValueShape.Word,
        only condition: Condition? = nil, _ summary: String
    ) -> SettingKey {
        SettingKey(
            path: path, shape: .list(.integer(range), count: 1...64), summary: summary, isIdentity: true,
            absence: absence, condition: condition,
            read: { $0[keyPath: place].map { .list($0.map(SettingValue.integer)) } ?? .absent },
            write: { $0[keyPath: place] = $1 == .absent ? nil : integers($1, path) })
    }

    private static func integer(_ value: SettingValue, _ path: String) -> Int {
        guard case .integer(let number) = value else { mismatch(value, path) }
        return number
    }

    private static func number(_ value: SettingValue, _ path: String) -> Double {
        switch value {
        case .number(let number): return number
        case .integer(let number): return Double(number)
        default: mismatch(value, path)
        }
    }

    private static func text(_ value: SettingValue, _ path: String) -> String {
        guard case .text(let text) = value else { mismatch(value, path) }
        return text
    }

    private static func integers(_ value: SettingValue, _ path: String) -> [Int] {
        guard case .list(let values) = value else { mismatch(value, path) }
        return values.map { integer($0, path) }
    }

    private static func mismatch(_ value: SettingValue, _ path: String) -> Never {
        preconditionFailure("\(path): \(value) does not have the setting's shape")
    }
}
