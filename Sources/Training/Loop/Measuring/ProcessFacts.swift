import Foundation

/// What the system says about this process and this machine.
public enum ProcessFacts {
    /// The highest resident set size so far in bytes; 0 where the system does not say.
    static var peakResidentBytes: Int {
        guard let line = lines("/proc/self/status").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(separator: " ").dropLast().last.flatMap({ Int($0) })
        else { return 0 }
        return kilobytes * 1024
    }

    /// Seconds since 1970 at which the process started; 0 where the system does not say.
    static var processStart: Double {
        let text = lines("/proc/self/stat").first ?? ""
        // The name in parentheses may hold anything; the start time is the 20th field behind it, in clock ticks.
        guard let end = text.lastIndex(of: ")") else { return 0 }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 19, let ticks = Double(fields[19]),
            let boot = lines("/proc/stat").first(where: { $0.hasPrefix("btime ") }),
            let bootSeconds = boot.split(separator: " ").last.flatMap({ Double($0) })
        else { return 0 }
        return bootSeconds + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The processor's name, or its architecture where the system has no name for it.
    public static var processor: String {
        let line = lines("/proc/cpuinfo").first { $0.hasPrefix("model name") }
        let name = line?.split(separator: ":").dropFirst().first.map { $0.trimmingCharacters(in: .whitespaces) }
        return name ?? machine
    }

    static var identifier: Int { Int(ProcessInfo.processInfo.processIdentifier) }

    /// The version of this program.
    public static var codeVersion: String { "0.1.0" }

    /// What computes the matrix products.
    static var products: String { "own kernels, \(machine)" }

    static var host: String { ProcessInfo.processInfo.hostName }

    static var operatingSystem: String { ProcessInfo.processInfo.operatingSystemVersionString }

    /// The compiler that this program was built with.
    static var compiler: String {
        #if compiler(>=6.4)
            "Swift 6.4 or later"
        #elseif compiler(>=6.3)
            "Swift 6.3"
        #elseif compiler(>=6.2)
            "Swift 6.2"
        #else
            "Swift 6.1"
        #endif
    }

    private static var machine: String {
        #if arch(x86_64)
            "x86-64"
        #elseif arch(arm64)
            "arm64"
        #else
            "unknown"
        #endif
    }

    private static func lines(_ path: String) -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
