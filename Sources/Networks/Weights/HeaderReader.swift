/// Reads the JSON of a safetensors header, and only that form of it: two levels of objects, so that nothing can nest, each
/// key once, and numbers that are whole, not negative and fit 64 bits.
struct HeaderReader {
    struct Item {
        var name = ""
        var type = ""
        var shape: [Int] = []
        var begin = 0
        var end = 0
    }

    private let bytes: [UInt8]
    private let path: String
    private var place = 0

    init(_ bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
    }

    /// The whole header. Spaces may follow it, nothing else.
    mutating func header() throws(WeightsError) -> (items: [Item], metadata: [String: String]) {
        var items: [Item] = []
        var metadata: [String: String] = [:]
        var names: Set<String> = []
        try object { reader, name throws(WeightsError) in
            guard names.insert(name).inserted else {
                throw reader.wrong("the key \(SafetensorsHeader.quoted(name)) stands there twice")
            }
            if name == "__metadata__" {
                metadata = try reader.metadata()
            } else {
                items.append(try reader.item(name))
            }
        }
        skipSpace()
        guard place == bytes.count else { throw wrong("something follows the header's last brace") }
        return (items, metadata)
    }

    private mutating func metadata() throws(WeightsError) -> [String: String] {
        var metadata: [String: String] = [:]
        try object { reader, key throws(WeightsError) in
            guard metadata.updateValue(try reader.string(), forKey: key) == nil else {
                throw reader.wrong("the metadata's key \(SafetensorsHeader.quoted(key)) stands there twice")
            }
        }
        return metadata
    }

    private mutating func item(_ name: String) throws(WeightsError) -> Item {
        var item = Item(name: name)
        var seen: Set<String> = []
        try object { reader, key throws(WeightsError) in
            guard seen.insert(key).inserted else {
                throw reader.wrong("\(SafetensorsHeader.quoted(name)) has \(SafetensorsHeader.quoted(key)) twice")
            }
            switch key {
            case "dtype": item.type = try reader.string()
            case "shape": item.shape = try reader.numbers()
            case "data_offsets":
                let offsets = try reader.numbers()
                guard offsets.count == 2 else { throw reader.wrong("data_offsets are not two numbers") }
                (item.begin, item.end) = (offsets[0], offsets[1])
            default: throw reader.wrong("\(SafetensorsHeader.quoted(key)) is no key of an array")
            }
        }
        guard seen.count == 3 else { throw wrong("\(SafetensorsHeader.quoted(name)) lacks a key") }
        return item
    }

    /// An object; `value` is called at each value, with its key.
    private mutating func object(
        _ value: (inout HeaderReader, String) throws(WeightsError) -> Void
    ) throws(WeightsError) {
        try expect(UInt8(ascii: "{"))
        if accepts(UInt8(ascii: "}")) { return }
        repeat {
            let key = try string()
            try expect(UInt8(ascii: ":"))
            try value(&self, key)
        } while accepts(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    private mutating func numbers() throws(WeightsError) -> [Int] {
        try expect(UInt8(ascii: "["))
        var numbers: [Int] = []
        if accepts(UInt8(ascii: "]")) { return numbers }
        repeat {
            numbers.append(try number())
        } while accepts(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return numbers
    }

    private mutating func number() throws(WeightsError) -> Int {
        skipSpace()
        let start = place
        var value = 0
        while place < bytes.count, (0x30...0x39).contains(bytes[place]) {
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(Int(bytes[place] - 0x30))
            guard !overflow, !carry else { throw wrong("a number is too large") }
            value = sum
            place += 1
        }
        guard place > start, place == start + 1 || bytes[start] != 0x30 else {
            throw wrong("there is no whole number that is not negative")
        }
        return value
    }

    private mutating func string() throws(WeightsError) -> String {
        try expect(UInt8(ascii: "\""))
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\"),
            bytes[place] >= 32
        {
            place += 1
        }
        var text = try validated(bytes[start..<place])
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            if bytes[place] == UInt8(ascii: "\\") {
                place += 1
                text.unicodeScalars.append(try escaped())
                continue
            }
            let pieceStart = place
            while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") {
                guard bytes[place] >= 32 else { throw wrong("a string holds a control character") }
                place += 1
            }
            text += try validated(bytes[pieceStart..<place])
        }
        try expectHere(UInt8(ascii: "\""))
        return text
    }

    private func validated(_ piece: ArraySlice<UInt8>) throws(WeightsError) -> String {
        guard let text = String(validating: piece, as: UTF8.self) else { throw wrong("a string is not UTF-8") }
        return text
    }

    /// What stands after a backslash.
    private mutating func escaped() throws(WeightsError) -> Unicode.Scalar {
        guard place < bytes.count else { throw wrong("a string does not end") }
        let sign = bytes[place]
        place += 1
        switch sign {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(sign)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try hexadecimal()
            if let scalar = Unicode.Scalar(first) { return scalar }
            try expectHere(UInt8(ascii: "\\"))
            try expectHere(UInt8(ascii: "u"))
            let second = try hexadecimal()
            guard (0xD800...0xDBFF).contains(first), (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            else { throw wrong("a string holds half a character") }
            return scalar
        default: throw wrong("a string holds an unknown escape")
        }
    }

    private mutating func hexadecimal() throws(WeightsError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard place < bytes.count, let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else {
                throw wrong("a string holds an unknown escape")
            }
            value = value << 4 | UInt32(digit)
            place += 1
        }
        return value
    }

    private mutating func skipSpace() {
        while place < bytes.count, bytes[place] == 0x20 || (9...13).contains(bytes[place]) {
            place += 1
        }
    }

    private mutating func accepts(_ sign: UInt8) -> Bool {
        skipSpace()
        guard place < bytes.count, bytes[place] == sign else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ sign: UInt8) throws(WeightsError) {
        skipSpace()
        try expectHere(sign)
    }

    private mutating func expectHere(_ sign: UInt8) throws(WeightsError) {
        guard place < bytes.count, bytes[place] == sign else {
            throw wrong("there is no \(Character(Unicode.Scalar(sign)))")
        }
        place += 1
    }

    private func wrong(_ what: String) -> WeightsError {
        WeightsError(
            path, "has a header that is not what safetensors prescribes: \(what) at byte \(8 + place)",
            SafetensorsHeader.damaged)
    }
}
