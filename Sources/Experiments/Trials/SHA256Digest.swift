/// A SHA-256 digest (FIPS 180-4), computed by OpenSSL's libcrypto.
public struct SHA256Digest: Hashable, Sendable {
    public static let byteCount = 32

    /// The 32 bytes, eight at a time, most significant first.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest of bytes that are all at hand.
    public init(of bytes: some Sequence<UInt8>) {
        var hasher = SHA256Hasher()
        let done: Void? = bytes.withContiguousStorageIfAvailable { hasher.update(UnsafeRawBufferPointer($0)) }
        if done == nil {
            Array(bytes).withUnsafeBytes { hasher.update($0) }
        }
        self = hasher.finalize()
    }

    /// The digest of a text's UTF-8 bytes.
    public init(of text: String) {
        self.init(of: text.utf8)
    }

    /// The digest that 64 hexadecimal digits spell; nil for anything else.
    public init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var words: [UInt64] = []
        for start in stride(from: 0, to: 64, by: 16) {
            var word: UInt64 = 0
            for digit in digits[start..<start + 16] {
                guard let value = SHA256Digest.value(of: digit) else { return nil }
                word = word << 4 | value
            }
            words.append(word)
        }
        self.words = (words[0], words[1], words[2], words[3])
    }

    /// - Precondition: 32 bytes.
    init(bytes: [UInt8]) {
        precondition(bytes.count == 32, "a SHA-256 digest has 32 bytes, not \(bytes.count)")
        func word(_ start: Int) -> UInt64 {
            bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        words = (word(0), word(8), word(16), word(24))
    }

    public var bytes: [UInt8] {
        [words.0, words.1, words.2, words.3].flatMap { withUnsafeBytes(of: $0.bigEndian, Array.init) }
    }

    /// 64 lower-case hexadecimal digits.
    public var hexadecimal: String {
        String(unsafeUninitializedCapacity: 64) { buffer in
            var place = 0
            for word in [words.0, words.1, words.2, words.3] {
                for shift in stride(from: 60, through: 0, by: -4) {
                    let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift) & 15)
                    buffer[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
                    place += 1
                }
            }
            return place
        }
    }

    public static func == (first: SHA256Digest, second: SHA256Digest) -> Bool {
        first.words == second.words
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }

    private static func value(of digit: UInt8) -> UInt64? {
        switch digit {
        case 0x30...0x39: UInt64(digit - 0x30)
        case 0x61...0x66: UInt64(digit - 0x57)
        case 0x41...0x46: UInt64(digit - 0x37)
        default: nil
        }
    }
}
