/// The entries of a zip archive whose contents are stored uncompressed, as PyTorch writes them.
///
/// Source: PKWARE's APPNOTE 6.3, sections 4.3 and 4.5; with the 64-bit extension, for archives over 4 GB.
struct ZipDirectory {
    /// Where an entry's contents lie in the file.
    private(set) var entries: [String: Range<Int>] = [:]
    private let source: ByteSource

    /// The longest list of entries that is read, in bytes: that of a hundred thousand arrays.
    private static let longest = 16 << 20
    private static let damaged = "the checkpoint is damaged: get it again"

    init(_ source: ByteSource) throws(WeightsError) {
        self.source = source
        let list = try ZipDirectory.list(source)
        var bytes = LittleEndianReader(try source.bytes(list.lowerBound, list.count))
        while !bytes.isAtEnd {
            guard let record = Record(&bytes) else { throw wrong("its list of entries is damaged") }
            guard record.flags & 1 == 0 else { throw wrong("it is encrypted") }
            guard record.method == 0, record.compressedSize == record.size else {
                throw WeightsError(
                    source.path,
                    "holds \(SafetensorsHeader.quoted(record.name)) compressed, which PyTorch does not write",
                    PyTorchCheckpoint.conversion(source.path))
            }
            guard entries.updateValue(try contents(record), forKey: record.name) == nil else {
                throw wrong("it holds \(SafetensorsHeader.quoted(record.name)) twice")
            }
        }
    }

    /// Where the contents begin: behind the entry's own header, whose length the list does not tell.
    private func contents(_ record: Record) throws(WeightsError) -> Range<Int> {
        guard record.position >= 0, record.position <= source.count - 30 else {
            throw wrong("an entry lies outside the file")
        }
        var header = LittleEndianReader(try source.bytes(record.position, 30))
        guard header.integer(4) == 0x0403_4B50, header.skip(22), let name = header.integer(2),
            let extra = header.integer(2)
        else { throw wrong("an entry has no header") }
        let start = record.position + 30 + name + extra
        guard start <= source.count, record.size >= 0, record.size <= source.count - start else {
            throw wrong("\(SafetensorsHeader.quoted(record.name)) is longer than the file")
        }
        return start..<start + record.size
    }

    /// Where the list of entries lies, which the end of the file tells.
    private static func list(_ source: ByteSource) throws(WeightsError) -> Range<Int> {
        let wrong = { (what: String) in WeightsError(source.path, "is no whole checkpoint: \(what)", damaged) }
        let tailStart = max(0, source.count - 65_557)
        let tail = try source.bytes(tailStart, source.count - tailStart)
        let signature: [UInt8] = [0x50, 0x4B, 5, 6]
        guard tail.count >= 22,
            let end = stride(from: tail.count - 22, through: 0, by: -1).first(where: {
                tail[$0] == signature[0] && tail[$0..<$0 + 4].elementsEqual(signature)
            })
        else { throw wrong("its end is missing") }
        var record = LittleEndianReader(Array(tail[end...]))
        guard record.skip(12), var size = record.integer(4), var start = record.integer(4) else {
            throw wrong("its end is damaged")
        }
        let position = tailStart + end
        if start == 0xFFFF_FFFF || size == 0xFFFF_FFFF {
            guard let wide = try wideList(source, before: position) else { throw wrong("its end is damaged") }
            (start, size) = wide
        }
        guard start >= 0, size >= 0, start <= position, size <= position - start else {
            throw wrong("its list of entries lies outside it")
        }
        guard size <= longest else { throw wrong("it has more entries than are read") }
        return start..<start + size
    }

    /// Start and size of the list from the 64-bit records before the last one.
    private static func wideList(
        _ source: ByteSource, before position: Int
    ) throws(WeightsError) -> (start: Int, size: Int)? {
        guard position >= 20 else { return nil }
        var locator = LittleEndianReader(try source.bytes(position - 20, 20))
        guard locator.integer(4) == 0x0706_4B50, locator.skip(4), let place = locator.integer(8), place >= 0,
            place <= position - 56
        else { return nil }
        var record = LittleEndianReader(try source.bytes(place, 56))
        guard record.integer(4) == 0x0606_4B50, record.skip(36), let size = record.integer(8),
            let start = record.integer(8)
        else { return nil }
        return (start, size)
    }

    private func wrong(_ what: String) -> WeightsError {
        WeightsError(source.path, "is no whole checkpoint: \(what)", ZipDirectory.damaged)
    }

    /// One entry of the list.
    private struct Record {
        let flags, method: Int
        var compressedSize, size, position: Int
        let name: String

        /// Nil where the bytes are no entry.
        init?(_ bytes: inout LittleEndianReader) {
            guard bytes.integer(4) == 0x0201_4B50, bytes.skip(4), let flags = bytes.integer(2),
                let method = bytes.integer(2), bytes.skip(8), let compressedSize = bytes.integer(4),
                let size = bytes.integer(4), let nameLength = bytes.integer(2), let extraLength = bytes.integer(2),
                let commentLength = bytes.integer(2), bytes.skip(8), let position = bytes.integer(4),
                let nameBytes = bytes.bytes(nameLength), let name = String(validating: nameBytes, as: UTF8.self),
                let extra = bytes.bytes(extraLength), bytes.skip(commentLength)
            else { return nil }
            self.flags = flags
            self.method = method
            self.compressedSize = compressedSize
            self.size = size
            self.position = position
            self.name = name
            guard widen(LittleEndianReader(Array(extra))) else { return nil }
        }

        /// Takes the numbers that need 64 bits from the extra field that holds them.
        private mutating func widen(_ extra: LittleEndianReader) -> Bool {
            var extra = extra
            while let kind = extra.integer(2), let length = extra.integer(2), let body = extra.bytes(length) {
                guard kind == 1 else { continue }
                var wide = LittleEndianReader(Array(body))
                for field in [\Record.size, \.compressedSize, \.position] where self[keyPath: field] == 0xFFFF_FFFF {
                    guard let value = wide.integer(8) else { return false }
                    self[keyPath: field] = value
                }
            }
            return true
        }
    }
}

/// Reads numbers from the front of some bytes, the least significant byte first.
struct LittleEndianReader {
    private let all: [UInt8]
    private(set) var place = 0

    init(_ bytes: [UInt8]) {
        all = bytes
    }

    var isAtEnd: Bool { place >= all.count }

    /// The next `count` bytes, or nil where there are fewer.
    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= all.count - place else { return nil }
        defer { place += count }
        return all[place..<place + count]
    }

    mutating func skip(_ count: Int) -> Bool {
        bytes(count) != nil
    }

    /// An integer of 1 to 8 bytes; negative only where 8 bytes say so.
    mutating func integer(_ width: Int) -> Int? {
        bytes(width).map { bytes in Int(bitPattern: UInt(bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })) }
    }

    /// The bytes to the next line break, which is taken too.
    mutating func line() -> String? {
        guard let end = all[place...].prefix(1024).firstIndex(of: 10) else { return nil }
        defer { place = end + 1 }
        return String(validating: all[place..<end], as: UTF8.self)
    }
}
