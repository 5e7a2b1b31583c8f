import Foundation

/// The bytes of a file, read piece by piece, so that a file of gigabytes never lies in memory twice.
///
/// A file is read through its descriptor and not mapped: one that gets shorter meanwhile gives an error, not a signal.
package final class ByteSource {
    private enum Storage {
        case file(Int32)
        case memory([UInt8])
    }

    package let path: String
    package let count: Int
    private let storage: Storage

    /// Opens a regular file.
    package init(path: String) throws(WeightsError) {
        // Not blocking, so that a named pipe can't hold the program.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw WeightsError(
                path, "can't be opened: \(String(cString: strerror(errno)))", "check the path and permissions")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw WeightsError(path, "is not a regular file", "name a safetensors file or a checkpoint")
        }
        self.path = path
        count = Int(status.st_size)
        storage = .file(descriptor)
    }

    /// Bytes in memory; `path` is for error messages.
    package init(_ bytes: [UInt8], path: String) {
        self.path = path
        count = bytes.count
        storage = .memory(bytes)
    }

    deinit {
        if case .file(let descriptor) = storage {
            close(descriptor)
        }
    }

    /// Fills `target` with the bytes from `position` on. The caller has checked that they are inside.
    package func read(_ position: Int, into target: UnsafeMutableRawBufferPointer) throws(WeightsError) {
        precondition(position >= 0 && position <= count - target.count, "\(path): reading beyond the end")
        switch storage {
        case .memory(let bytes):
            bytes.withUnsafeBytes {
                target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + target.count]))
            }
        case .file(let descriptor):
            var filled = 0
            while filled < target.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: target[filled...])
                let count = pread(descriptor, rest.baseAddress, rest.count, off_t(position + filled))
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else {
                    let reason = count == 0 ? "it has become shorter" : String(cString: strerror(errno))
                    throw WeightsError(path, "can't be read: \(reason)", "check the disk, or get the file again")
                }
                filled += count
            }
        }
    }

    /// `length` bytes from `position` on.
    package func bytes(_ position: Int, _ length: Int) throws(WeightsError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: length)
        var failure: WeightsError?
        bytes.withUnsafeMutableBytes { target in
            do throws(WeightsError) {
                try read(position, into: target)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
