import Foundation

/// A folder in memory, for readers that take a path.
enum FuzzFolder {
    static let path: String = {
        let memory = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let path = "\(memory)/ablate-fuzz-\(getpid())"
        mkdir(path, 0o700)
        atexit { FuzzFolder.remove() }
        return path
    }()

    static func file(_ name: String) -> String { "\(path)/\(name)" }

    static func write(_ bytes: [UInt8], to name: String) {
        let descriptor = open(file(name), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        precondition(descriptor >= 0, "no file can be made in \(path)")
        let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        precondition(count == bytes.count, "\(path) is full")
        close(descriptor)
    }

    private static func remove() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            unlink("\(path)/\(name)")
        }
        rmdir(path)
    }
}
