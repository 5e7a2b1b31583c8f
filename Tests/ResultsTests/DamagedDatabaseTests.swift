import Foundation
import FuzzTargets
import Testing

import Results

/// A database in which bits, pages or values have changed is read as far as it can be, or refused; nothing crashes.
@Suite struct DamagedDatabaseTests {
    /// Steele, Lea and Flood's generator (2014): the same damage on every machine.
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let source = SchemaFixtureTests.folder.appending(path: "schema-1.sqlite")

    private func damage(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1:
            // Where pages begin, most of a byte's values mean something.
            bytes[place / 4096 * 4096 + place % 12] = UInt8.random(in: 0...255, using: &random)
        case 2:
            for index in place..<min(place + 512, bytes.count) { bytes[index] = 0 }
        default: bytes.removeLast(place)
        }
    }

    private func train(_ path: String) throws {
        let store = try Store.open(path: path)
        while let assignment = try store.claim(experiment: "shared") {
            try store.apply(event: Samples.outcome(0.5), attempt: assignment.attempt)
        }
        try store.close()
    }

    /// Whether it was refused, in a sentence that does not blame something else.
    private func isRefused(_ path: String, _ comment: Comment, _ look: (String) throws -> Void) throws -> Bool {
        do {
            try look(path)
            return false
        } catch let error as StoreError {
            #expect(!error.message.isEmpty && ![.busy, .full, .closed].contains(error.kind), "\(comment): \(error)")
            return true
        }
    }

    @Test func damagedBytesAreReadOrRefused() throws {
        let whole = Array(try Data(contentsOf: Self.source))
        var random = SplitMix(state: 1)
        var refused = 0
        for number in 0..<200 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) where bytes.count > 1 { damage(&bytes, &random) }
            let path = Samples.path()
            try write(Data(bytes), to: path)
            if try isRefused(
                path, "damage \(number)",
                {
                    try EveryQuestion.ask($0); try train($0)
                })
            {
                refused += 1
            }
            try Samples.remove(path)
        }
        #expect((50...199).contains(refused), "\(refused) of 200")
    }

    /// What one bit in a row's header, or a few in its bytes, make of the values of every column of every table: one for
    /// each; with ABLATE_DAMAGE_ALL=1 all.
    @Test(arguments: DamagedValues.values)
    func valuesOfAnotherTypeAreReadOrRefused(_ value: String) throws {
        let path = Samples.path()
        let damaged = try DamagedValues(at: path)
        #expect(damaged.columns.count > 100)
        let isThorough = ProcessInfo.processInfo.environment["ABLATE_DAMAGE_ALL"] == "1"
        let turn = DamagedValues.values.firstIndex(of: value) ?? 0
        let columns = damaged.columns.enumerated().filter { isThorough || $0.offset % 10 == turn }.map(\.element)
        var refused = 0
        for column in columns {
            try damaged.write(column, value, to: path)
            if try isRefused(path, "\(column) = \(value)", EveryQuestion.ask) { refused += 1 }
        }
        #expect(refused < columns.count && (refused > 0 || value == "-1e-320"), "\(refused) of \(columns.count)")
        try Samples.remove(path)
    }

    /// The subscripts of a row end the program where a value is not of the wanted type.
    @Test func noRowIsReadByItsSubscript() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let folder = tests.appending(path: "../../Sources/Results").standardizedFileURL
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        for file in files {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            guard text.contains("import GRDB") else { continue }
            let found = text.firstMatch(of: #/[\w)\]?]\["\w+"\]|row\[\d+\]/#)
            #expect(found == nil, "\(file): \(found?.output ?? "")")
        }
        #expect(files.count > 50)
    }

    private func write(_ data: Data, to path: String) throws {
        let target = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: target)
    }
}
