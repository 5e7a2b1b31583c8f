import Foundation
import Images
import Testing

/// PNG and JPEG files against Pillow, which the published evaluation reads them with. `Files/make.py` made the files.
@Suite struct ImageFileTests {
    @Test(arguments: [
        "colour.png", "transparent.png", "grey.png", "palette.png", "baseline.jpg", "progressive.jpg", "grey.jpg",
    ])
    func pixelsAreThoseOfPillow(_ name: String) throws {
        let image = try ImageFile.read(path: Files.path(name))
        #expect(image.height == 17 && image.width == 23)
        #expect(image.pixels == (try Files.bytes(name + ".rgb")))
    }

    @Test func whatIsNoPictureIsRefusedWithAReason() throws {
        let png = try Files.bytes("colour.png")
        let jpeg = try Files.bytes("baseline.jpg")
        let cases: [([UInt8], String)] = [
            ([], "neither a PNG nor a JPEG"), (Array("GIF89a".utf8), "neither a PNG nor a JPEG"),
            (Array(png.prefix(200)), "no readable PNG"), (Array(jpeg.prefix(jpeg.count - 80)), "no readable JPEG"),
            (Array(jpeg.prefix(20)), "no readable JPEG"),
        ]
        for (bytes, reason) in cases {
            let error = #expect(throws: ImageError.self) { try ImageFile.decode(bytes, path: "a picture") }
            #expect(error?.message.contains(reason) == true, "\(error?.description ?? "")")
        }
        #expect(throws: ImageError.self) { try ImageFile.read(path: "/dev/null") }
        #expect(throws: ImageError.self) { try ImageFile.read(path: "/nowhere/at all.png") }
        #expect(throws: ImageError.self) { try ImageFile.read(path: NSTemporaryDirectory()) }
    }

    @Test func aHeaderThatClaimsAHugePictureAllocatesNothing() throws {
        var png = try Files.bytes("colour.png")
        // Width and height stand at bytes 16 to 23; their checksum is not what refuses them here.
        for (index, byte) in [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF].enumerated() {
            png[16 + index] = UInt8(byte)
        }
        #expect(throws: ImageError.self) { try ImageFile.decode(png, path: "huge") }
    }

    @Test(arguments: ["colour.png", "palette.png", "baseline.jpg", "progressive.jpg"])
    func damagedFilesNeverCrash(_ name: String) throws {
        let original = try Files.bytes(name)
        var state: UInt64 = 88_172_645_463_325_252
        func random(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        for _ in 0..<500 {
            var bytes = original
            for _ in 0...random(4) { bytes[random(bytes.count)] = UInt8(random(256)) }
            if random(4) == 0 { bytes.removeLast(random(bytes.count)) }
            do {
                let image = try ImageFile.decode(bytes, path: name)
                #expect(image.pixels.count == image.height * image.width * 3)
            } catch {
                #expect(!error.message.isEmpty && !error.remedy.isEmpty)
            }
        }
    }
}

/// The files beside these tests.
enum Files {
    static func path(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Files/\(name)").path
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }
}
