import Foundation

/// A file system of a few megabytes that can be filled to the last byte. Making one takes the right to mount.
final class SmallDisk {
    private let sandbox: Sandbox
    private let folder: String

    /// Mounts it at a folder of the sandbox; nil where this process may not.
    init?(_ sandbox: Sandbox, at folder: String, megabytes: Int = 16) throws {
        self.sandbox = sandbox
        self.folder = folder
        let line = "mkdir -p \(folder) && mount -t tmpfs -o size=\(megabytes)m ablate-disk \(folder)"
        guard geteuid() == 0, try sandbox.shell(line).status == 0 else { return nil }
    }

    /// Leaves no byte free as long as `body` runs.
    func whileFull(_ body: () throws -> Void) throws {
        let ballast = sandbox.folder.appendingPathComponent("\(folder)/ballast")
        // What the program gives back to the disk meanwhile is taken as well.
        _ = try sandbox.shell("cat /dev/zero >> \(folder)/ballast; cat /dev/zero >> \(folder)/ballast")
        try body()
        try FileManager.default.removeItem(at: ballast)
    }

    /// Takes the right to write from everybody.
    func forbidWriting() throws {
        _ = try sandbox.shell("mount -o remount,ro ablate-disk \(folder)")
    }

    deinit {
        do {
            _ = try sandbox.shell("umount -l \(folder)")
        } catch {
            print("the file system at \(folder) stays: \(error)")
        }
    }
}
