import Networks

extension FuzzTarget {
    /// A safetensors file: the header's length is set right, so that the header is read.
    static let safetensors = FuzzTarget("safetensors") { bytes in
        read(weights: bytes)
        guard let first = bytes.first else { return }
        let header = min(Int(first) << 4, bytes.count - 1)
        read(weights: number(header, bytes: 8) + bytes.dropFirst())
    }

    /// A checkpoint as it lies: a zip archive.
    static let archive = FuzzTarget("archive") { bytes in
        read(weights: bytes)
    }

    /// The pickle of a checkpoint, in an archive that is in order.
    static let pickle = FuzzTarget("pickle") { bytes in
        read(
            weights: zipArchive([
                ("a/data.pkl", bytes), ("a/byteorder", Array("little".utf8)),
                ("a/data/0", (0..<96).map { UInt8($0) }), ("a/data/1", []),
            ]))
    }

    /// Takes every array out of the file. Nothing is larger than what it is made of.
    private static func read(weights bytes: [UInt8]) {
        do throws(WeightsError) {
            let file = try WeightsFile(bytes, path: "fuzz")
            for array in file.arrays {
                precondition(array.count * array.type.byteCount <= bytes.count, "\(array.name) out of nothing")
                let floats = try file.floats(array)
                precondition(floats.count == array.count, "\(array.name) of another length")
            }
        } catch {
            precondition(!error.message.isEmpty && !error.remedy.isEmpty, "an error without words")
            precondition(error.message.utf8.count < 100_000, "a message as long as a book")
        }
    }

    private static func number(_ value: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// A zip archive of these entries, uncompressed; nobody looks at its checksums (APPNOTE 6.3, section 4.3).
    private static func zipArchive(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var archive: [UInt8] = []
        var list: [UInt8] = []
        for (name, bytes) in entries {
            // Version, flags, method, time, date, checksum; both sizes; the lengths of name and extra field.
            let facts =
                number(0, bytes: 14) + number(bytes.count, bytes: 4) + number(bytes.count, bytes: 4)
                + number(name.utf8.count, bytes: 2) + [0, 0]
            list += number(0x0201_4B50, bytes: 4) + [0, 0] + facts
            list += number(0, bytes: 10) + number(archive.count, bytes: 4) + name.utf8
            archive += number(0x0403_4B50, bytes: 4) + facts + name.utf8 + bytes
        }
        let counts = number(entries.count, bytes: 2) + number(entries.count, bytes: 2)
        return archive + list + number(0x0605_4B50, bytes: 4) + [0, 0, 0, 0] + counts
            + number(list.count, bytes: 4) + number(archive.count, bytes: 4) + [0, 0]
    }
}
