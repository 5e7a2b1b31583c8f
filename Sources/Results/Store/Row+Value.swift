import Foundation
import GRDB

/// Reads a row of a file that may be damaged. The subscript of GRDB ends the program where a column holds NULL or a value of
/// another type, and is not used here.
extension Row {
    /// What a column holds.
    ///
    /// - Throws: ``DamagedValue`` for a value of another type, nothing of which is converted, and for a number or time
    ///   larger than anything the program writes.
    func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        try checked(column, self[column]) { try decode(forColumn: column) }
    }

    /// What the column at `index` holds, from 0.
    ///
    /// - Throws: ``DamagedValue`` for the same.
    func value<Value: DatabaseValueConvertible>(at index: Int) throws -> Value {
        try checked("\(index + 1)", self[index]) { try decode(atIndex: index) }
    }

    /// The word in a column that holds one of a few.
    func word<Word: RawRepresentable>(_ column: String) throws -> Word where Word.RawValue == String {
        let text: String = try value(column)
        guard let word = Word(rawValue: text) else { throw DamagedValue(column, self[column]) }
        return word
    }

    /// The value of which a column holds the JSON text.
    func json<Value: Decodable>(_ column: String) throws -> Value {
        let text: String = try value(column)
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw DamagedValue(column, self[column])
        }
    }

    /// A span of time in seconds; nil where the column holds none.
    func seconds(_ column: String) throws -> Double? {
        let seconds: Double? = try value(column)
        guard seconds.map({ (0...DamagedValue.mostSeconds).contains($0) }) ?? true else {
            throw DamagedValue(column, self[column])
        }
        return seconds
    }

    private func checked<Value>(
        _ column: @autoclosure () -> String, _ stored: @autoclosure () -> DatabaseValue, _ decode: () throws -> Value
    ) throws -> Value {
        let value: Value
        do {
            value = try decode()
        } catch is RowDecodingError {
            throw DamagedValue(column(), stored())
        }
        if let value = value as? any BoundedValue, !value.isPossible { throw DamagedValue(column(), stored()) }
        return value
    }
}

/// A column holds what was never put there.
struct DamagedValue: Error {
    /// A thousand years.
    static let mostSeconds = 3.2e10

    /// The column and its value, `epochs is "strange"`.
    let text: String

    init(_ column: String, _ value: DatabaseValue) {
        let shown =
            switch value.storage {
            case .null: "empty"
            case .int64(let integer): String(integer)
            case .double(let number): "\(number)"
            case .string(let text): "\"\(VisibleText.cut(VisibleText.singleLine(text), to: 40))\""
            case .blob: "binary data"
            }
        text = "\(Int(column).map { "column \($0)" } ?? column) is \(shown)"
    }
}

/// A number or a time, of which only those up to a certain size are ever written.
private protocol BoundedValue {
    var isPossible: Bool { get }
}

extension Int: BoundedValue {
    /// As far as a double counts, so that sums and differences of a few do not overflow.
    fileprivate var isPossible: Bool { magnitude <= 1 << 53 }
}

extension Double: BoundedValue {
    /// Training computes in single precision; a loss may be infinite.
    fileprivate var isPossible: Bool { isInfinite || magnitude <= 1e40 }
}

extension Date: BoundedValue {
    fileprivate var isPossible: Bool { abs(timeIntervalSince1970) <= DamagedValue.mostSeconds * 10 }
}
