import Experiments
import Testing
import Training

@Suite struct MirrorDifferenceTests {
    static func set(
        size: Int = 32, variant: DatasetSettings.Variant = .task
    ) throws -> MirrorDifference {
        var asked = settings("mirror-difference", train: 60, validation: 10, test: 40)
        asked.size = size
        asked.variant = variant
        return try MirrorDifference(asked)
    }

    /// What a person who compares the picture's halves cell by cell would answer, from the pixels alone.
    static func solve(_ picture: Picture, turned: Bool) -> [Int32] {
        let cells = CellReader(picture)
        return (0..<64).map { place in
            guard place >= 32 else { return -1 }
            let partner = cells.bits(turned ? 63 - place : place - 32)
            return cells.bits(place) == (turned ? partner.reversed() : partner) ? 0 : 1
        }
    }

    @Test(arguments: [32, 64], [DatasetSettings.Variant.task, .control])
    func thePictureHoldsTheAnswer(size: Int, variant: DatasetSettings.Variant) throws {
        let set = try MirrorDifferenceTests.set(size: size, variant: variant)
        for split in Split.allCases {
            for index in 0..<set.count(split) {
                let picture = set.picture(index, of: split)
                #expect(MirrorDifferenceTests.solve(picture, turned: variant == .task) == picture.labels)
                #expect(picture.labels.count { $0 == 1 } == 4)
            }
        }
    }

    @Test func theControlHasTheSameTopsAndTheSameChanges() throws {
        let (task, control) = (try MirrorDifferenceTests.set(), try MirrorDifferenceTests.set(variant: .control))
        for index in 0..<task.count(.train) {
            let (first, second) = (task.picture(index, of: .train), control.picture(index, of: .train))
            #expect(first.labels == second.labels)
            #expect(first.bytes.prefix(first.bytes.count / 2) == second.bytes.prefix(first.bytes.count / 2))
            #expect(first.bytes != second.bytes)
        }
    }

    /// Whatever is guessed from the bottom half alone finds no more than one in eight.
    @Test func theBottomHalfAloneTellsNothing() throws {
        var asked = settings("mirror-difference", train: 3000)
        asked.size = 32
        let set = try MirrorDifference(asked)
        var (byDots, byPlace) = (AveragePrecision(), AveragePrecision())
        for index in 0..<3000 {
            let picture = set.picture(index, of: .train)
            let cells = CellReader(picture)
            for place in 32..<64 {
                let isChanged = picture.labels[place] == 1
                byDots.add(score: Float(cells.bits(place).count { $0 }), isPositive: isChanged)
                byPlace.add(score: Float(place), isPositive: isChanged)
            }
        }
        let blind = try #require(Datasets.baselines(set.settings).first { $0.part.isEmpty })
        #expect(blind.value == 0.125 && blind.metric == .averagePrecision)
        #expect(abs((byDots.value ?? .nan) - blind.value) < 0.008)
        #expect(abs((byPlace.value ?? .nan) - blind.value) < 0.008)
    }

    @Test func thePartsAreTheDistancesToThePartner() throws {
        let set = try MirrorDifferenceTests.set()
        #expect(set.testParts.map(\.name) == ["distance=1", "distance=3", "distance=5", "distance=7"])
        for part in set.testParts {
            let places = try #require(part.places)
            for place in places { #expect("distance=\(place / 8 - (63 - place) / 8)" == part.name) }
            #expect(Datasets.baselines(set.settings).contains { $0.part == part.name })
        }
        #expect(try MirrorDifferenceTests.set(variant: .control).testParts.isEmpty)
    }

    @Test func whatCannotBeDrawnIsRefused() {
        func refused(_ change: (inout DatasetSettings) -> Void) -> Bool {
            var asked = settings("mirror-difference")
            change(&asked)
            return performing { try Datasets.load(asked) }?.kind == .unsuitable
        }
        #expect(refused { $0.size = 48 })
        #expect(refused { $0.train = 0 })
        #expect(refused { $0.path = "/somewhere" })
    }
}
