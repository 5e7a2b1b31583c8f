/// Reads a pickle of tensors, containers and plain values, without running any code: a name of a class or function other
/// than the few that make up tensors is an error, and those few are looked at, not called.
///
/// Source: the opcodes of Python's pickletools, protocol 2, which `torch.save` writes.
struct Unpickler {
    typealias Handle = PickleValue.Handle

    /// Why a pickle is not read.
    enum Failure: Error {
        /// It asks for something that is no tensor.
        case foreign(String)
        case damaged(String)
    }

    /// The most values that are read: those of a checkpoint with a hundred thousand arrays.
    static let mostValues = 2_000_000

    private var bytes: LittleEndianReader
    private(set) var values: [PickleValue] = []
    private var stack: [Handle] = []
    private var marks: [Int] = []
    private var memory: [Int: Handle] = [:]
    /// Pairs that were copied out of lists: a few bytes can ask for the same list again and again.
    private var copiedPairs = 0

    init(_ bytes: [UInt8]) {
        self.bytes = LittleEndianReader(bytes)
    }

    /// Reads to the end and gives the outermost value.
    mutating func run() throws(Failure) -> Handle {
        while let code = bytes.integer(1) {
            guard values.count <= Unpickler.mostValues, stack.count <= Unpickler.mostValues else {
                throw .damaged("it holds more values than are read")
            }
            if UInt8(code) == UInt8(ascii: ".") {
                return try pop()
            }
            try step(UInt8(code))
        }
        throw .damaged("it does not end")
    }

    private mutating func step(_ code: UInt8) throws(Failure) {
        switch code {
        case 0x80: _ = try integer(1)
        case UInt8(ascii: "("): marks.append(stack.count)
        case UInt8(ascii: "0"): _ = try pop()
        case UInt8(ascii: "1"): _ = try popToMark()
        case UInt8(ascii: "2"): stack.append(try top())
        case UInt8(ascii: "q"): memory[try integer(1)] = try top()
        case UInt8(ascii: "r"): memory[try integer(4)] = try top()
        case UInt8(ascii: "h"): try recall(try integer(1))
        case UInt8(ascii: "j"): try recall(try integer(4))
        case UInt8(ascii: "c"): try name()
        case UInt8(ascii: "Q"): push(.storage(try storage(try pop())))
        case UInt8(ascii: "R"), 0x81: try reduce()
        case UInt8(ascii: "b"): try build()
        case UInt8(ascii: "a"):
            let value = try pop()
            try append([value], to: try top())
        case UInt8(ascii: "e"):
            let items = try popToMark()
            try append(items, to: try top())
        case UInt8(ascii: "s"):
            let value = try pop()
            let key = try pop()
            try set([key, value], of: try top())
        case UInt8(ascii: "u"):
            let items = try popToMark()
            try set(items, of: try top())
        default: push(try plain(code))
        }
    }

    /// The values that stand for themselves, and empty or finished containers.
    private mutating func plain(_ code: UInt8) throws(Failure) -> PickleValue {
        switch code {
        case UInt8(ascii: "N"): return .none
        case 0x88: return .bool(true)
        case 0x89: return .bool(false)
        case UInt8(ascii: "K"): return .integer(try integer(1))
        case UInt8(ascii: "M"): return .integer(try integer(2))
        case UInt8(ascii: "J"): return .integer(Int(Int32(truncatingIfNeeded: try integer(4))))
        case 0x8A: return try long(try integer(1))
        case UInt8(ascii: "G"): return .number(try number())
        case UInt8(ascii: "X"): return .text(try text(try integer(4)))
        case UInt8(ascii: "U"): return .text(try text(try integer(1)))
        case UInt8(ascii: "}"): return .dictionary([])
        case UInt8(ascii: "]"): return .list([])
        case UInt8(ascii: ")"): return .tuple([])
        case UInt8(ascii: "t"): return .tuple(try popToMark())
        case 0x85: return .tuple([try pop()])
        case 0x86:
            let second = try pop()
            return .tuple([try pop(), second])
        case 0x87:
            let third = try pop()
            let second = try pop()
            return .tuple([try pop(), second, third])
        default: throw .foreign("the opcode \(code)")
        }
    }

    private mutating func push(_ value: PickleValue) {
        stack.append(values.count)
        values.append(value)
    }

    private mutating func pop() throws(Failure) -> Handle {
        guard stack.count > (marks.last ?? 0), let handle = stack.popLast() else {
            throw .damaged("a value is missing")
        }
        return handle
    }

    private func top() throws(Failure) -> Handle {
        guard let handle = stack.last else { throw .damaged("a value is missing") }
        return handle
    }

    private mutating func popToMark() throws(Failure) -> [Handle] {
        guard let mark = marks.popLast(), mark <= stack.count else { throw .damaged("a mark is missing") }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[mark...])
    }

    private mutating func recall(_ index: Int) throws(Failure) {
        guard let handle = memory[index] else { throw .damaged("it recalls what it never kept") }
        stack.append(handle)
    }

    private mutating func integer(_ width: Int) throws(Failure) -> Int {
        guard let value = bytes.integer(width) else { throw .damaged("it breaks off") }
        return value
    }

    /// A whole number of any length; those that need more than 64 bits play no part in tensors.
    private mutating func long(_ length: Int) throws(Failure) -> PickleValue {
        guard let digits = bytes.bytes(length) else { throw .damaged("it breaks off") }
        guard length <= 8 else { return .number(.nan) }
        let isNegative = (digits.last ?? 0) >= 0x80
        return .integer(digits.reversed().reduce(isNegative ? -1 : 0) { $0 << 8 | Int($1) })
    }

    private mutating func number() throws(Failure) -> Double {
        guard let bits = bytes.bytes(8) else { throw .damaged("it breaks off") }
        return Double(bitPattern: bits.reduce(0) { $0 << 8 | UInt64($1) })
    }

    private mutating func text(_ length: Int) throws(Failure) -> String {
        guard let bytes = bytes.bytes(length), let text = String(validating: bytes, as: UTF8.self) else {
            throw .damaged("a text breaks off or is not UTF-8")
        }
        return text
    }

    private mutating func name() throws(Failure) {
        guard let module = bytes.line(), let name = bytes.line() else { throw .damaged("a name breaks off") }
        guard let known = PickleValue.Known(module, name) else { throw .foreign("\(module).\(name)") }
        push(.known(known))
    }

    private mutating func append(_ items: [Handle], to target: Handle) throws(Failure) {
        guard case .list(var list) = values[target] else { throw .damaged("it appends to what is no list") }
        values[target] = .none
        list += items
        values[target] = .list(list)
    }

    /// Keys and values take turns in `items`.
    private mutating func set(_ items: [Handle], of target: Handle) throws(Failure) {
        guard case .dictionary(var pairs) = values[target], items.count % 2 == 0 else {
            throw .damaged("it fills what is no dictionary")
        }
        values[target] = .none
        for index in stride(from: 0, to: items.count, by: 2) {
            pairs.append((items[index], items[index + 1]))
        }
        values[target] = .dictionary(pairs)
    }

    /// The attributes of a dictionary or a record, which are of no interest here.
    private mutating func build() throws(Failure) {
        _ = try pop()
        switch values[try top()] {
        case .dictionary, .aside: break
        default: throw .foreign("the state of an object")
        }
    }

    /// What a call of one of the known names would give.
    private mutating func reduce() throws(Failure) {
        let arguments = values[try pop()]
        guard case .known(let known) = values[try pop()], case .tuple(let items) = arguments else {
            throw .foreign("a call of what is no known name")
        }
        switch known {
        case .rebuildTensor: push(.tensor(try tensor(items)))
        case .rebuildParameter:
            guard let first = items.first, case .tensor = values[first] else {
                throw .damaged("a parameter is no tensor")
            }
            stack.append(first)
        case .orderedDictionary: push(.dictionary(try pairs(items)))
        case .size:
            guard let first = items.first else { throw .damaged("a size has no numbers") }
            stack.append(first)
        case .aside: push(.aside)
        case .storage: throw .foreign("a storage without its numbers")
        }
    }

    /// The contents of an ordered dictionary: a list of pairs, or none.
    private mutating func pairs(_ items: [Handle]) throws(Failure) -> [(key: Handle, value: Handle)] {
        guard let first = items.first else { return [] }
        guard case .list(let list) = values[first] else { throw .damaged("a dictionary is made of no list") }
        copiedPairs += list.count
        guard copiedPairs <= Unpickler.mostValues else { throw .damaged("it holds more values than are read") }
        var pairs: [(key: Handle, value: Handle)] = []
        for handle in list {
            switch values[handle] {
            case .tuple(let pair) where pair.count == 2, .list(let pair) where pair.count == 2:
                pairs.append((pair[0], pair[1]))
            default: throw .damaged("a dictionary is made of no pairs")
            }
        }
        return pairs
    }

    /// ("storage", type, key, place, length)
    private func storage(_ identity: Handle) throws(Failure) -> PickleValue.Storage {
        guard case .tuple(let items) = values[identity], items.count == 5, case .text("storage") = values[items[0]],
            case .known(.storage(let type)) = values[items[1]], case .text(let key) = values[items[2]]
        else { throw .foreign("a storage of another kind") }
        return PickleValue.Storage(key: key, type: type)
    }

    /// (storage, offset, shape, strides, …)
    private func tensor(_ items: [Handle]) throws(Failure) -> PickleValue.Tensor {
        guard items.count >= 4, case .storage(let storage) = values[items[0]],
            case .integer(let offset) = values[items[1]],
            let shape = integers(items[2]), let strides = integers(items[3]), shape.count == strides.count
        else { throw .damaged("a tensor is incomplete") }
        return PickleValue.Tensor(storage: storage, offset: offset, shape: shape, strides: strides)
    }

    private func integers(_ handle: Handle) -> [Int]? {
        guard case .tuple(let items) = values[handle], items.count <= 64 else { return nil }
        let numbers = items.compactMap { item -> Int? in
            if case .integer(let number) = values[item] { number } else { nil }
        }
        return numbers.count == items.count ? numbers : nil
    }
}
