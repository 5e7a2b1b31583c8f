/// A run of 32-bit numbers of a checkpoint, which stay where they are.
package enum CheckpointNumbers {
    case array([Float])
    /// Somebody else's memory, which must stay as it is until the checkpoint is written.
    case memory(UnsafeBufferPointer<Float>)

    package var count: Int {
        switch self {
        case .array(let values): values.count
        case .memory(let values): values.count
        }
    }

    /// Calls `body` with the numbers as they lie in memory.
    func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        switch self {
        case .array(let values): values.withUnsafeBytes(body)
        case .memory(let values): body(UnsafeRawBufferPointer(values))
        }
    }
}
