import Experiments

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Limits how much memory this process may take.
///
/// On Linux the private memory that it may write to is counted (`RLIMIT_DATA`): what it allocates, and its threads'
/// stacks. Its address space says little, since the allocator reserves far more than it uses.
enum MemoryLimit {
    /// - Parameter bytes: The most memory; nil for no limit.
    /// - Throws: `Failure` where the system refuses the limit.
    static func apply(_ bytes: Int?) throws {
        guard let bytes else { return }
        var limit = rlimit()
        limit.rlim_cur = rlim_t(bytes)
        limit.rlim_max = rlim_t(bytes)
        guard setrlimit(resource, &limit) == 0 else {
            throw Failure(.crashed, "The memory limit of \(bytes) bytes could not be set (error \(errno))")
        }
    }

    #if canImport(Glibc)
        private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_DATA.rawValue) }
    #else
        private static var resource: Int32 { RLIMIT_AS }
    #endif
}
