/// What tells trials apart: the SHA-256 of a specification's canonical form.
///
/// Two trials with one identity give the same result, bit for bit, on the same kind of machine.
public struct TrialIdentity: Hashable, Sendable {
    public let digest: SHA256Digest

    init(digest: SHA256Digest) {
        self.digest = digest
    }

    /// The identity that 64 hexadecimal digits spell; nil for anything else.
    public init?(hexadecimal text: String) {
        guard let digest = SHA256Digest(hexadecimal: text) else { return nil }
        self.digest = digest
    }

    /// 64 lower-case hexadecimal digits.
    public var hexadecimal: String { digest.hexadecimal }

    /// The first ten digits: enough to name a trial among millions.
    public var short: String { String(hexadecimal.prefix(10)) }
}

extension TrialIdentity: CustomStringConvertible {
    public var description: String { hexadecimal }
}

extension TrialIdentity: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let identity = TrialIdentity(hexadecimal: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a trial's identity has 64 hexadecimal digits")
        }
        self = identity
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hexadecimal)
    }
}
