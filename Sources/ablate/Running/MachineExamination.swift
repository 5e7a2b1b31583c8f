import Experiments
import Foundation
import Results

/// What can be found out about this machine.
enum MachineExamination {
    /// Less free room than this may not last for a long sweep's results and checkpoints.
    private static let littleRoom = 1 << 30

    static func findings(_ options: DatabaseOptions) -> [Finding] {
        [program, processor, memory, room(options), fileSystem(options)].compactMap { $0 }
    }

    private static var program: Finding {
        #if DEBUG
            Finding(
                .note, "machine", "program", "ablate \(Ablate.version), a debug build: its speeds say nothing",
                remedy: "Build with `make`, or swift build -c release")
        #else
            Finding(.good, "machine", "program", "ablate \(Ablate.version), a release build")
        #endif
    }

    private static var processor: Finding {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        do {
            try Processor.requireVectors()
            return Finding(
                .good, "machine", "processor", "\(counted(cores, "core")) with the vector instructions needed")
        } catch let error as Refusal {
            return Finding(.problem, "machine", "processor", error.message, remedy: error.remedy)
        } catch {
            return Finding(.problem, "machine", "processor", "\(error)")
        }
    }

    private static var memory: Finding {
        let total = Double(ProcessInfo.processInfo.physicalMemory)
        guard let available = available else {
            return Finding(.good, "machine", "memory", "\(NumberFormat.bytes.text(total)) in all")
        }
        let text = "\(NumberFormat.bytes.text(available)) of \(NumberFormat.bytes.text(total)) free"
        return available > 512e6
            ? Finding(.good, "machine", "memory", text)
            : Finding(.problem, "machine", "memory", text, remedy: "Close other programs, or run with fewer --jobs")
    }

    /// Bytes that programs can have without swapping, as the kernel estimates it.
    private static var available: Double? {
        guard let data = FileManager.default.contents(atPath: "/proc/meminfo") else { return nil }
        let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 * 1024 }
    }

    private static func room(_ options: DatabaseOptions) -> Finding? {
        var status = statvfs()
        guard let folder = existingFolder(options.path), statvfs(folder, &status) == 0 else { return nil }
        let free = Int(status.f_bavail) * Int(status.f_frsize)
        let text = "\(NumberFormat.bytes.text(Double(free))) free where the database lies (\(folder))"
        return free >= littleRoom
            ? Finding(.good, "machine", "disk", text)
            : Finding(
                .problem, "machine", "disk", text,
                remedy:
                    "Free some, or name a file elsewhere with --database: a full disk stops a run, though nothing is lost"
            )
    }

    /// SQLite's write-ahead log needs memory that is shared between processes, which network file systems do not give
    /// (sqlite.org/wal.html).
    private static func fileSystem(_ options: DatabaseOptions) -> Finding? {
        guard let folder = existingFolder(options.path),
            let data = FileManager.default.contents(atPath: "/proc/self/mounts"),
            let kind = kind(ofFolder: folder, mounts: String(decoding: data, as: UTF8.self))
        else { return nil }
        guard ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs"].contains(kind) else {
            return Finding(.good, "machine", "file system", "the database lies on a local one (\(kind))")
        }
        return Finding(
            .problem, "machine", "file system", "\(folder) lies on a network file system (\(kind))",
            remedy:
                "Run one process at a time there, or better keep the database on a local disk and copy it afterwards")
    }

    /// The type of the file system that is mounted nearest above a folder, from lines as in `/proc/self/mounts`.
    private static func kind(ofFolder folder: String, mounts: String) -> String? {
        let mounted = mounts.split(separator: "\n").map { $0.split(separator: " ") }.filter { $0.count > 2 }
        let above = mounted.filter { fields in
            let place = fields[1].replacing("\\040", with: " ")
            return folder == place || folder.hasPrefix(place.hasSuffix("/") ? place : place + "/")
        }
        return above.max { $0[1].count < $1[1].count }.map { String($0[2]) }
    }

    /// The folder of the file, or the nearest one above it that is there.
    private static func existingFolder(_ path: String) -> String? {
        var folder = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.path) {
            guard folder.path != "/" else { return nil }
            folder.deleteLastPathComponent()
        }
        return folder.path
    }
}
