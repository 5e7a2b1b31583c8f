import Randomness
import Testing

@Suite struct RandomKeyTests {
    @Test func sameNameSameNumbers() {
        var one = RandomKey(seed: 3)["initial values"]["levels.0"].generator
        var other = RandomKey(seed: 3)["initial values"]["levels.0"].generator
        #expect((0..<100).map { _ in one.next() } == (0..<100).map { _ in other.next() })
    }

    @Test func numbersNeverChange() {
        var generator = RandomKey(seed: 3)["order"][7].generator
        #expect([generator.next(), generator.next()] == [5_423_588_010_750_839_481, 18_386_527_914_647_332_169])
    }

    @Test func namesIndicesAndSeedsAreAllDifferentPlaces() {
        let root = RandomKey(seed: 1)
        let keys =
            [root, RandomKey(seed: 2), root["a"], root["b"], root["ab"], root["a"]["b"], root["b"]["a"], root["0"]]
            + (0..<1000).map { root[$0] } + (0..<1000).map { root["a"][$0] }
        #expect(Set(keys.map(\.bits)).count == keys.count)
    }

    @Test func uniformNumbersFillTheirRange() {
        var generator = RandomKey(seed: 5).generator
        let draws = (0..<20_000).map { _ in generator.uniform() }
        #expect(draws.allSatisfy { $0 >= 0 && $0 < 1 })
        // The mean of 20,000 draws has a standard deviation of 0.002.
        #expect(abs(draws.reduce(0, +) / 20_000 - 0.5) < 0.01)
    }

    @Test func normalNumbersHaveMeanZeroAndVarianceOne() {
        var generator = RandomKey(seed: 6).generator
        let draws = (0..<20_000).map { _ in generator.normal() }
        let mean = draws.reduce(0, +) / 20_000
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        #expect(abs(mean) < 0.03)
        #expect(abs(variance - 1) < 0.05)
    }

    @Test func indicesAreFairAndSamplesDistinct() {
        var generator = RandomKey(seed: 7).generator
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<14_000 {
            counts[generator.index(below: 7)] += 1
        }
        #expect(counts.allSatisfy { abs($0 - 2000) < 200 }, "\(counts)")
        for count in 0...9 {
            let sample = generator.sample(count, of: 9)
            #expect(Set(sample).count == count && sample.allSatisfy((0..<9).contains))
        }
    }
}
