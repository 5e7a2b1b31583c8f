/// The address of Float32 values that a kernel only reads.
public typealias FloatPointer = UnsafePointer<Float>

/// The address of Float32 values that a kernel writes.
public typealias MutableFloatPointer = UnsafeMutablePointer<Float>
