import Experiments
import Testing
import Training

@Suite struct CuedSceneTests {
    static func set(_ variant: DatasetSettings.Variant = .task) throws -> any Dataset {
        var asked = settings("cued-scene", train: 20, validation: 20, test: 200)
        asked.variant = variant
        return try Datasets.load(asked)
    }

    /// What stands in a slot of a scene.
    struct Slot {
        let label: Int32
        let isFramed: Bool
        /// The pixels of the whole image that are garment.
        let ink: [Int]
    }

    /// The class of each test image of Fashion-MNIST by its pixels, shrunk to 14 × 14.
    static let catalogue: [[UInt8]: Int32] = {
        guard let fashion = try? Datasets.load(settings("fashion-mnist", train: 1, test: 10_000)) else { return [:] }
        var catalogue: [[UInt8]: Int32] = [:]
        for index in 0..<10_000 {
            let picture = fashion.picture(index, of: .test)
            picture.bytes.withUnsafeBufferPointer { bytes in
                let small = (0..<196).map { place in
                    let first = place / 14 * 56 + place % 14 * 2
                    let sum = [0, 1, 28, 29].reduce(0) { $0 + Int(bytes[first + $1]) }
                    return UInt8((Double(sum) / 4).rounded(.toNearestOrAwayFromZero))
                }
                catalogue[small] = picture.labels[0]
            }
        }
        return catalogue
    }()

    /// What a person sees who knows every garment by heart, from the pixels alone.
    static func read(_ picture: Picture) -> [Slot] {
        (0..<16).compactMap { slot in
            let (top, left) = (slot / 4 * 16, slot % 4 * 16)
            let border = (0..<16).flatMap { [(0, $0), (15, $0), ($0, 0), ($0, 15)] }
            let isFramed = border.allSatisfy { picture.bytes[(top + $0) * 64 + left + $1] == 255 }
            for shift in isFramed ? [4] : Array(0..<9) {
                let places = (0..<196).map { place in
                    (top + shift / 3 + place / 14) * 64 + left + shift % 3 + place % 14
                }
                guard let label = catalogue[places.map { picture.bytes[$0] }] else { continue }
                return Slot(label: label, isFramed: isFramed, ink: places.filter { picture.bytes[$0] >= 32 })
            }
            return nil
        }
    }

    /// The places of the label grid that are garment by a quarter.
    static func mask(_ slots: [Slot]) -> [Bool] {
        var counts = [Int](repeating: 0, count: 256)
        for pixel in slots.flatMap(\.ink) { counts[pixel / 64 / 4 * 16 + pixel % 64 / 4] += 1 }
        return counts.map { $0 >= 4 }
    }

    @Test(arguments: [DatasetSettings.Variant.task, .control])
    func thePictureHoldsTheAnswer(variant: DatasetSettings.Variant) throws {
        let set = try CuedSceneTests.set(variant)
        for index in 0..<60 {
            let picture = set.picture(index, of: .test)
            let slots = CuedSceneTests.read(picture)
            let cue = try #require(slots.first { $0.isFramed })
            let garments = slots.filter { !$0.isFramed }
            #expect(slots.count == 9 && garments.count == 8)
            let counts = Dictionary(grouping: garments, by: \.label).mapValues(\.count)
            #expect(counts.values.sorted() == [2, 3, 3])
            #expect(variant == .task || cue.label == 8)
            let mask = CuedSceneTests.mask(garments.filter { $0.label == cue.label })
            #expect(mask.map { $0 ? 1 : 0 } == picture.labels)
        }
    }

    /// Two answers that don't look at the cue: every garment, and those of the first garment's class.
    @Test func withoutTheCueAThirdIsReached() throws {
        let set = try CuedSceneTests.set()
        var (all, first) = (MeanOverlap(), MeanOverlap())
        var cues: [Int32: Int] = [:]
        for index in 0..<200 {
            let picture = set.picture(index, of: .test)
            let slots = CuedSceneTests.read(picture)
            let garments = slots.filter { !$0.isFramed }
            if let cue = slots.first(where: { $0.isFramed }) { cues[cue.label, default: 0] += 1 }
            for (answer, overlap) in [(garments, 0), (garments.filter { $0.label == garments[0].label }, 1)] {
                for (isAnswered, label) in zip(CuedSceneTests.mask(answer), picture.labels) {
                    if overlap == 0 {
                        all.add(answer: isAnswered, target: label == 1)
                    } else {
                        first.add(answer: isAnswered, target: label == 1)
                    }
                }
            }
            all.endImage()
            first.endImage()
        }
        let blind = try #require(Datasets.baselines(set.settings).first)
        #expect(blind.metric == .meanOverlap && abs(blind.value - 1 / 3) < 1e-12)
        #expect(abs((all.value ?? .nan) - blind.value) < 0.03)
        #expect(abs((first.value ?? .nan) - blind.value) < 0.1)
        #expect(cues.count == 10)
        #expect(Datasets.baselines(try CuedSceneTests.set(.control).settings).isEmpty)
    }

    @Test func itsFilesAreFashionMNISTs() throws {
        let set = try CuedSceneTests.set()
        #expect(set.settings.digest == (try Datasets.look(settings("fashion-mnist")).settings.digest))
        #expect(performing { try Datasets.load(settings("cued-scene", path: "/nowhere")) }?.kind == .missing)
        #expect(performing { try Datasets.load(settings("cued-scene", train: 0)) }?.kind == .unsuitable)
    }
}
