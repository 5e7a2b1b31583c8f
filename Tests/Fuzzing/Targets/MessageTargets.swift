import Experiments
import Training

extension FuzzTarget {
    /// A line that a worker writes: an event that can be written and read again, or an error.
    static let event = FuzzTarget("event") { bytes in
        decode(RunEvent.self, from: bytes)
    }

    /// The line that a worker is given.
    static let job = FuzzTarget("job") { bytes in
        decode(WorkerJob.self, from: bytes)
    }

    /// A checkpoint file, once as it lies and once with the digest that it should have.
    static let checkpoint = FuzzTarget("checkpoint") { bytes in
        read(checkpoint: bytes)
        let digest = Digest()
        bytes.withUnsafeBytes { digest.update($0) }
        read(checkpoint: bytes + digest.finishBytes())
    }

    private static func decode<Value: Codable>(_ type: Value.Type, from line: [UInt8]) {
        let value: Value
        do {
            value = try EventCoding.value(type, from: line)
        } catch {
            precondition(error is DecodingError, "\(error)")
            return
        }
        do {
            let written = try EventCoding.line(value)
            let again = try EventCoding.line(EventCoding.value(type, from: written))
            precondition(again == written, "another value")
        } catch {
            preconditionFailure("a value can't be written and read again: \(error)")
        }
    }

    private static func read(checkpoint bytes: [UInt8]) {
        do {
            let checkpoint = try CheckpointReader(bytes, path: "fuzz")
            for (index, array) in checkpoint.header.arrays.enumerated() {
                let values = try checkpoint.values(index)
                precondition(values.count == array.count, "another length")
            }
        } catch {
            precondition(error is CheckpointFile.Unusable, "\(error)")
        }
    }
}
