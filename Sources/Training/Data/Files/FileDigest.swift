#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The SHA-256 of files.
enum FileDigest {
    /// The digest of a file's bytes as they lie, in hexadecimal.
    static func stored(_ path: String) throws(DataError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ByteStream.refusal(path, errno) }
        defer { close(descriptor) }
        let digest = Digest()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw ByteStream.refusal(path, errno)
            }
            if count == 0 {
                return digest.finish()
            }
            digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// The digest of a file's contents, inflated where the file is compressed, in hexadecimal.
    static func contents(_ path: String) throws(DataError) -> String {
        let stream = try ByteStream(path: path)
        let digest = Digest()
        while true {
            let piece = try stream.next(1 << 18)
            if piece.isEmpty {
                return digest.finish()
            }
            piece.withUnsafeBytes { digest.update($0) }
        }
    }

    /// One digest for several files: the SHA-256 of their digests, one a line.
    static func combined(_ digests: [String]) -> String {
        Digest.of(digests.map { $0 + "\n" }.joined())
    }

    /// The file `name` in `folder`, compressed (`.gz`) or not.
    static func find(_ name: String, in folder: String) throws(DataError) -> String {
        for candidate in ["\(folder)/\(name).gz", "\(folder)/\(name)"] where access(candidate, F_OK) == 0 {
            return candidate
        }
        throw DataError(
            .missing, "there is no file \(folder)/\(name) or \(name).gz",
            remedy: "correct `path:`, or put the file there")
    }
}
