import ArgumentParser

/// The value of an option as its type reads it, with words for what it should be.
enum OptionValue {
    /// - Parameter expected: such as `give a share above 0 and below 1, such as 1/3`.
    static func reading<Value: ExpressibleByArgument>(
        _ expected: String
    ) -> @Sendable (String) throws -> Value {
        { text in
            guard let value = Value(argument: text) else { throw ValidationError(expected) }
            return value
        }
    }

    /// A number of threads.
    static let threads: @Sendable (String) throws -> Int = { text in
        guard let count = Int(text), (1...256).contains(count) else {
            throw ValidationError("give a number from 1 to 256")
        }
        return count
    }

    /// Names with commas between.
    static func names(_ list: String) -> [String] {
        list.split(separator: ",").map { String($0.filter { $0 != " " }) }
    }
}
