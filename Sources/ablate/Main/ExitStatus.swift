/// What the program's exit codes say.
enum ExitStatus {
    /// Everything that was asked for is done.
    static let done: Int32 = 0
    /// The run came to its end, but some trials failed.
    static let someFailed: Int32 = 1
    /// Bad usage, a bad file, or a machine, database or data set that the command can't work with.
    static let unable: Int32 = 2
    /// A person or the system stopped the run; the same command goes on with it.
    static let interrupted: Int32 = 130
}
