import Foundation

/// What the processor must be able to do.
enum Processor {
    /// The flags of `/proc/cpuinfo` that the kernels are compiled for on x86-64.
    private static let needed = ["avx2", "fma", "bmi2"]

    /// Refuses a processor on which the kernels would end in an illegal instruction.
    static func requireVectors() throws {
        #if arch(x86_64) && os(Linux)
            guard let data = FileManager.default.contents(atPath: "/proc/cpuinfo") else { return }
            let missing = missingFlags(in: String(decoding: data, as: UTF8.self))
            guard missing.isEmpty else {
                throw Refusal(
                    "this processor lacks \(missing.joined(separator: ", ")), without which the kernels cannot run",
                    remedy: "Use an x86-64 processor with AVX2 (Intel since 2013, AMD since 2015) or an arm64 one")
            }
        #endif
    }

    /// The needed flags that the text does not list; none where it lists no flags at all.
    static func missingFlags(in text: String) -> [String] {
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") }) else { return [] }
        let flags = Set(line.split(separator: " "))
        return needed.filter { !flags.contains(Substring($0)) }
    }
}
