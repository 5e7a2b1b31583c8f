import Foundation

/// A file, pipe or terminal that is open for writing.
public struct FileOutput: Sendable {
    public let descriptor: Int32
    /// What it is called in errors.
    public let name: String

    public init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    /// Writes every byte, in as many pieces as the system takes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw SystemError("write", name, code: count == 0 ? EIO : errno) }
            written += count
        }
    }

    /// Writes every byte.
    public func write(_ bytes: [UInt8]) throws(SystemError) {
        // `withUnsafeBytes` does not carry the type of an error.
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(SystemError) in try write(bytes) }
        }
        try result.get()
    }
}
