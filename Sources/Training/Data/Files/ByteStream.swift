import CZlib

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file's bytes in order, inflated where the file is compressed with gzip.
///
/// Memory grows with what is really there, never with what a header claims.
final class ByteStream {
    let path: String
    private let handle: gzFile
    private let chunk = 1 << 18

    init(path: String) throws(DataError) {
        self.path = path
        guard let handle = gzopen(path, "rb") else {
            throw ByteStream.refusal(path, errno)
        }
        gzbuffer(handle, UInt32(chunk))
        self.handle = handle
    }

    deinit {
        gzclose(handle)
    }

    /// The next `count` bytes.
    ///
    /// - Throws: `DataError.truncated` where the file ends before.
    func read(_ count: Int) throws(DataError) -> [UInt8] {
        precondition(count >= 0, "read: \(count) bytes")
        var bytes: [UInt8] = []
        while bytes.count < count {
            let piece = try next(min(chunk, count - bytes.count))
            guard !piece.isEmpty else { throw endsEarly(missing: count - bytes.count) }
            bytes.append(contentsOf: piece)
        }
        return bytes
    }

    /// Passes over the next `count` bytes.
    func skip(_ count: Int) throws(DataError) {
        var left = count
        while left > 0 {
            let piece = try next(min(chunk, left))
            guard !piece.isEmpty else { throw endsEarly(missing: left) }
            left -= piece.count
        }
    }

    /// Whether nothing is left. Reads one byte to find out.
    func isAtEnd() throws(DataError) -> Bool {
        try next(1).isEmpty
    }

    /// Up to `count` bytes; fewer only at the end of the file.
    func next(_ count: Int) throws(DataError) -> [UInt8] {
        var status: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            status = gzread(handle, buffer.baseAddress, UInt32(count))
            initialized = max(0, Int(status))
        }
        if bytes.count < count {
            try checkEnd()
        }
        return bytes
    }

    /// Tells the end of a file from the end of a damaged one.
    private func checkEnd() throws(DataError) {
        var code: Int32 = 0
        let text = gzerror(handle, &code).map { String(cString: $0) } ?? ""
        switch code {
        case Z_OK, Z_STREAM_END: return
        case Z_BUF_ERROR: throw endsEarly(missing: nil)
        case Z_ERRNO: throw ByteStream.refusal(path, errno)
        default:
            throw DataError(
                .malformed, "\(path) is damaged (\(text.isEmpty ? "zlib error \(code)" : text))",
                remedy: "get the file again")
        }
    }

    private func endsEarly(missing: Int?) -> DataError {
        let amount = missing.map { "at least \($0) bytes are missing" } ?? "the compressed data break off"
        return DataError(.truncated, "\(path) ends too early, \(amount)", remedy: "get the file again")
    }

    /// The error for a file that the system won't give.
    static func refusal(_ path: String, _ code: Int32) -> DataError {
        if code == ENOENT || code == ENOTDIR {
            return DataError(.missing, "there is no file \(path)", remedy: "correct `path:`")
        }
        return DataError(
            .unreadable, "\(path) can't be read (\(String(cString: strerror(code))))",
            remedy: "check that it is a file and that its permissions let you read it")
    }
}
