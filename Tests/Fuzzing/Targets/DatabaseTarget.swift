import Foundation
import Results

extension FuzzTarget {
    /// A results database in which bytes have changed: of each four bytes three say where and the last what; the highest
    /// place cuts the file off. It is read as far as it can be, or refused in a sentence that blames nothing else.
    static let database = FuzzTarget("database") { bytes in
        let path = FuzzFolder.file("ablate.sqlite")
        FuzzFolder.write(changed(DatabaseTemplate.bytes, by: bytes), to: "ablate.sqlite")
        do {
            try EveryQuestion.ask(path)
        } catch let error as StoreError {
            precondition(!error.message.isEmpty, "an error without words")
            precondition(![.busy, .full, .closed, .held].contains(error.kind), "blamed something else: \(error)")
        } catch {
            preconditionFailure("an error of another kind: \(error)")
        }
        for suffix in ["-wal", "-shm", "-journal"] { unlink(path + suffix) }
    }

    private static func changed(_ whole: [UInt8], by changes: [UInt8]) -> [UInt8] {
        var bytes = whole
        for change in stride(from: 0, through: changes.count - 4, by: 4) {
            let place = Int(changes[change]) << 16 | Int(changes[change + 1]) << 8 | Int(changes[change + 2])
            if place == 0xFF_FFFF {
                bytes.removeLast(bytes.count * Int(changes[change + 3]) / 256)
            } else if !bytes.isEmpty {
                bytes[place % bytes.count] = changes[change + 3]
            }
        }
        return bytes
    }
}

/// The database before anything is changed in it.
private enum DatabaseTemplate {
    static let bytes: [UInt8] = {
        let path = FuzzFolder.file("template.sqlite")
        do {
            try SmallDatabase.make(path)
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            unlink(path)
            return bytes
        } catch {
            preconditionFailure("the template cannot be made: \(error)")
        }
    }()
}
