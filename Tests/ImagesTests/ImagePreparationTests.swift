import Foundation
import Images
import Testing

/// Resizing and cropping against Pillow and the rules of torchvision and timm, bit for bit.
@Suite struct ImagePreparationTests {
    @Test(arguments: [(40, 31), (9, 7), (23, 6), (50, 17)])
    func resizingIsThatOfPillow(_ size: (width: Int, height: Int)) throws {
        let image = try ImageFile.read(path: Files.path("colour.png"))
        let resized = BicubicResampling.resize(image, height: size.height, width: size.width)
        #expect(resized.pixels == (try Files.bytes("resized-\(size.width)x\(size.height).rgb")))
    }

    @Test(arguments: [
        ("prepared-8x8-1.0-cropped.f32", ImagePreparation(height: 8, width: 8)),
        ("prepared-8x8-0.93-cropped.f32", ImagePreparation(height: 8, width: 8, cropFraction: 0.93)),
        (
            "prepared-13x13-0.93-squashed.f32",
            ImagePreparation(height: 13, width: 13, cropFraction: 0.93, squashes: true)
        ),
        ("prepared-12x8-0.9-cropped.f32", ImagePreparation(height: 12, width: 8, cropFraction: 0.9)),
    ])
    func theNetworksInputIsThatOfThePublishedEvaluation(_ name: String, _ preparation: ImagePreparation) throws {
        let image = try ImageFile.read(path: Files.path("colour.png"))
        let expected = try Files.bytes(name).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        #expect(try preparation(image, path: "colour.png") == expected)
    }

    /// Pillow's `convert("L")` of these colours.
    @Test func aGreyNetworkSeesThePictureGrey() throws {
        let colours: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 200, 100, 50, 7, 7, 7, 255, 255, 255]
        let image = RGBImage(height: 1, width: 6, pixels: colours)
        let table = (0..<256).map { Float($0) }
        #expect(
            try ImagePreparation(height: 1, width: 6, table: table)(image, path: "colours") == [
                76, 150, 29, 124, 7, 255,
            ])
    }

    @Test func aThreadOfAPictureIsRefused() throws {
        let image = RGBImage(height: 1, width: 16_000, pixels: [UInt8](repeating: 9, count: 48_000))
        #expect(throws: ImageError.self) { try ImagePreparation(height: 224, width: 224)(image, path: "thread.png") }
    }
}
