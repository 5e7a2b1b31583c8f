import CCrypto

/// SHA-256 of bytes that come piece by piece, for example a file's.
///
/// A copy goes on from where the original stood, so a common beginning is hashed once.
public struct SHA256Hasher: Sendable {
    private var context = Context()

    public init() {}

    /// Adds bytes behind those that were added before.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        if !isKnownUniquelyReferenced(&context) {
            context = Context(copying: context)
        }
        context.update(bytes)
    }

    /// Adds bytes behind those that were added before.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Adds a text's UTF-8 bytes.
    public mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// The digest of everything that was added so far.
    public func finalize() -> SHA256Digest {
        SHA256Digest(bytes: Context(copying: context).finish())
    }
}

/// OpenSSL's digest state, freed with its last owner. `SHA256Hasher` copies it before it changes a shared one, so it is
/// never changed from two threads.
private final class Context: @unchecked Sendable {
    private let pointer: OpaquePointer

    init() {
        pointer = Context.allocate()
        let done = EVP_DigestInit_ex(pointer, EVP_sha256(), nil)
        precondition(done == 1, "EVP_DigestInit_ex failed")
    }

    init(copying other: Context) {
        pointer = Context.allocate()
        let done = EVP_MD_CTX_copy_ex(pointer, other.pointer)
        precondition(done == 1, "EVP_MD_CTX_copy_ex failed")
    }

    deinit {
        EVP_MD_CTX_free(pointer)
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        let done = EVP_DigestUpdate(pointer, bytes.baseAddress, bytes.count)
        precondition(done == 1, "EVP_DigestUpdate failed")
    }

    func finish() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        let done = EVP_DigestFinal_ex(pointer, &bytes, nil)
        precondition(done == 1, "EVP_DigestFinal_ex failed")
        return bytes
    }

    private static func allocate() -> OpaquePointer {
        guard let pointer = EVP_MD_CTX_new() else {
            preconditionFailure("EVP_MD_CTX_new: out of memory")
        }
        return pointer
    }
}
