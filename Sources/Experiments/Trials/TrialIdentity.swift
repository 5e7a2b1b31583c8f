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
}

extension TrialIdentity: CustomStringConvertible {
    public var description: String { hexadecimal }
}
