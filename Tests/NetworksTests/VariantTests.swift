import Networks
import Testing

@Suite struct VariantTests {
    /// Exact parameters, and the published "FLOPs" column in G, which counts multiply–accumulates without attention
    /// products and scan (docs/model.md, The family; T prints 4.4 for 4.46).
    static let published: [(name: String, parameters: Int, billions: Double)] = [
        ("mambavision-t", 31_794_248, 4.46),
        ("mambavision-t2", 35_104_008, 5.1),
        ("mambavision-s", 50_140_584, 7.48),
        ("mambavision-b", 97_685_288, 14.96),
        ("mambavision-l", 227_961_048, 34.84),
        ("mambavision-l2", 241_554_824, 37.50),
        ("mambavision-b-21k", 97_685_288, 14.96),
        ("mambavision-l-21k", 227_961_048, 34.84),
        ("mambavision-l2-512-21k", 241_554_824, 195.9),
        ("mambavision-l3-256-21k", 739_570_472, 122.1),
        ("mambavision-l3-512-21k", 739_570_472, 488.5),
    ]

    @Test(arguments: published)
    func countsAreThePublishedOnes(_ row: (name: String, parameters: Int, billions: Double)) throws {
        let variant = try #require(Variant.named(row.name))
        let census = try NetworkCensus(variant.plan())
        #expect(census.parameters == row.parameters)
        let billions = Double(census.denseMultiplyAccumulates) / 1e9
        let rounding = row.name == "mambavision-t2" ? 0.05 : 0.002 * row.billions
        #expect(abs(billions - row.billions) <= rounding, "\(billions)")
    }

    @Test func theTinyVariantCountsItsAttentionProductsAndScan() throws {
        let census = try NetworkCensus(#require(Variant.named("mambavision-t")).plan())
        #expect(abs(Double(census.attentionMultiplyAccumulates) / 1e9 - 0.10) < 0.005)
        // 1.25 M state updates (docs/model.md, Mixers): four multiply–accumulates each, and two for each channel.
        #expect(abs(Double(census.scanMultiplyAccumulates) / 4.25e6 - 1.25) < 0.01, "\(census.scanMultiplyAccumulates)")
    }

    @Test func everyVariantIsListedOnce() {
        #expect(Set(Variant.all.map(\.name)).count == 11)
        #expect(Set(Self.published.map(\.name)) == Set(Variant.all.map(\.name)))
    }
}
