import Foundation
import Images
import Testing

/// `ablate report` as a person calls it: files, streams, errors.
@Suite struct ReportCommandTests {
    /// A sandbox in which the small experiment has been run.
    private func run() throws -> Sandbox {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        let ending = try sandbox.ablate("run", "small.yaml")
        try #require(ending.status == 0, "\(ending.error)")
        return sandbox
    }

    private static let converter = ["/usr/bin/rsvg-convert", "/usr/local/bin/rsvg-convert"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test func pageAndFigures() throws {
        let sandbox = try run()
        let page = try sandbox.ablate("report", "small")
        #expect(page.status == 0 && page.error.isEmpty)
        #expect(page.output.hasPrefix("<!DOCTYPE html>") && page.output.contains("Does the program do what it says?"))
        #expect(try sandbox.ablate("report", "small", "-o", "small.html").status == 0)
        #expect(try sandbox.read("small.html") == page.output)

        let svg = try sandbox.ablate("report", "small", "--figure", "means")
        #expect(svg.status == 0 && svg.output.hasPrefix("<?xml") && svg.output.contains("<svg xmlns="))
        #expect(try sandbox.ablate("report", "small", "--format", "svg", "-o", "figures").status == 0)
        #expect(try sandbox.read("figures/means.svg") == svg.output)
        let numbers = try sandbox.ablate("report", "small", "--figure", "means", "-o", "means.csv")
        #expect(numbers.status == 0)
        let heading = "row,mean,mean_interval_low,mean_interval_high,seed_0,seed_1\r\n"
        #expect(try sandbox.read("means.csv").hasPrefix(heading))
        #expect(try sandbox.ablate("report", "small", "--format", "csv", "-o", "figures").status == 0)
        #expect(try sandbox.read("figures/means.csv") == sandbox.read("means.csv"))
        for name in ["layouts", "differences", "learning", "training-loss", "time", "memory"] {
            #expect(try sandbox.read("figures/\(name).svg").contains("<svg"))
        }
        #expect(
            try sandbox.ablate("report", "small", "--metric", "loss", "--reference", "first").output.contains(
                "ablate report small --reference first --metric loss -o small.html"))
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        var line: String
        var words: String
        var testDescription: String { line }
    }

    @Test(arguments: [
        Refused(line: "report small --figure means --format html", words: "A figure is svg, png, pdf or csv, not"),
        Refused(line: "report small -o means.pdf", words: "means.pdf is one figure: say which with --figure."),
        Refused(line: "report small --format svg", words: "give a folder with -o"),
        Refused(line: "report small --format gif", words: "'gif' is invalid"),
        Refused(line: "report small", words: "no results database at results/ablate.sqlite"),
    ])
    func whatCannotBeDoneIsSaid(_ refused: Refused) throws {
        let ending = try Sandbox().shell("\"$ABLATE\" \(refused.line)")
        #expect(ending.status == 2 && ending.output.isEmpty)
        #expect(ending.error.contains(refused.words), "\(ending.error)")
    }

    @Test func figuresThatAreNotThere() throws {
        let sandbox = try run()
        let unknown = try sandbox.ablate("report", "small", "--figure", "pie")
        #expect(
            unknown.status == 2 && unknown.error.contains("there is no figure called \"pie\". It has: layouts, means"))
        let empty = try sandbox.ablate("report", "small", "--figure", "landscape")
        #expect(empty.status == 2 && empty.error.contains("has no numbers for the figure landscape yet"))
        let nowhere = try sandbox.ablate("report", "small", "-o", "no/such/folder/page.html")
        #expect(nowhere.status == 2 && nowhere.error.contains("Choose another -o"))
        let missing = try sandbox.ablate(
            "report", "small", "--figure", "means", "-o", "means.pdf", environment: ["PATH": "/nowhere"])
        #expect(missing.status == 2)
        #expect(
            missing.error
                == "ablate: error: PDF needs the program rsvg-convert, which is not on the PATH. apt-get install librsvg2-bin, or write SVG with --format svg.\n"
        )
    }

    @Test(.enabled(if: converter != nil, "needs rsvg-convert: make test-report"))
    func pngAndPDF() throws {
        let sandbox = try run()
        #expect(try sandbox.ablate("report", "small", "--figure", "layouts", "-o", "layouts.png").status == 0)
        let image = try ImageFile.read(path: sandbox.folder.appendingPathComponent("layouts.png").path)
        #expect(image.width == 960 && image.pixels[0..<3] == [255, 255, 255])
        #expect(Set(image.pixels).count > 50, "something is drawn")
        #expect(try sandbox.ablate("report", "small", "--format", "pdf", "-o", "figures").status == 0)
        let file = try Data(contentsOf: sandbox.folder.appendingPathComponent("figures/means.pdf"))
        #expect(file.starts(with: Array("%PDF".utf8)))
    }

    @Test func describeDrawsTheLayout() throws {
        let sandbox = try run()
        let one = try sandbox.ablate("describe", "C | C | M2 A2 | A")
        #expect(one.lines.prefix(2) == [" C  │  C  │  M  M  A  A  │  A", "C conv, M mamba, A attention"])
        let file = try sandbox.ablate("describe", "small.yaml")
        #expect(file.lines.prefix(2) == ["last    M  A", "first   A  M"])
    }

    @Test func samplesAsPNG() throws {
        let sandbox = try Sandbox()
        #expect(try sandbox.ablate("data", "preview", "recall-grid", "-o", "sheet.png").status == 0)
        let sheet = try ImageFile.read(path: sandbox.folder.appendingPathComponent("sheet.png").path)
        let plain = try sandbox.ablate("data", "preview", "recall-grid", "--scale", "1", "-o", "plain.png")
        #expect(plain.status == 0)
        let pixels = try ImageFile.read(path: sandbox.folder.appendingPathComponent("plain.png").path)
        let factor = sheet.height / pixels.height
        #expect(factor > 1 && sheet.height == pixels.height * factor && sheet.width == pixels.width * factor)
        for (y, x) in [(0, 0), (3, 17), (pixels.height - 1, pixels.width - 1)] {
            let small = 3 * (y * pixels.width + x)
            let large = 3 * ((y * factor + factor - 1) * sheet.width + x * factor)
            #expect(sheet.pixels[large..<large + 3].elementsEqual(pixels.pixels[small..<small + 3]))
        }
        // The pixmap holds the same pixels, so libpng wrote what it was given.
        #expect(try sandbox.ablate("data", "preview", "recall-grid", "--scale", "1", "-o", "plain.ppm").status == 0)
        let pixmap = try Data(contentsOf: sandbox.folder.appendingPathComponent("plain.ppm"))
        #expect(pixmap.suffix(pixels.pixels.count).elementsEqual(pixels.pixels))
        let other = try sandbox.ablate("data", "preview", "recall-grid", "-o", "sheet.gif")
        #expect(other.status == 2 && other.error.contains("ends in .png or .ppm"))
    }
}
