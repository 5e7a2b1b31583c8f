import Foundation
import Experiments
import Networks
import Results

/// A network part by part, in the order of the data, with the stages' totals above their blocks.
struct NetworkTree {
    struct Part {
        /// 0 for the whole network, 1 for stem, stages and head, 2 for blocks.
        var depth: Int
        var name: String
        /// Height × width × channels of what the part gives; empty where that is no map.
        var output: String
        var parameters = 0
        /// Those of convolutions and linear layers, which the published column counts.
        var denseMultiplyAccumulates = 0
        var attentionMultiplyAccumulates = 0
        var scanMultiplyAccumulates = 0
        var activationBytes = 0

        var multiplyAccumulates: Int {
            denseMultiplyAccumulates + attentionMultiplyAccumulates + scanMultiplyAccumulates
        }

        mutating func add(_ part: NetworkCensus.Part) {
            parameters += part.parameters
            denseMultiplyAccumulates += part.denseMultiplyAccumulates
            attentionMultiplyAccumulates += part.attentionMultiplyAccumulates
            scanMultiplyAccumulates += part.scanMultiplyAccumulates
            activationBytes += part.activationBytes
        }
    }

    private(set) var parts: [Part] = []

    init(_ plan: NetworkPlan) throws {
        let census = try NetworkCensus(plan)
        let known = Dictionary(census.parts.map { ($0.path, $0) }) { first, _ in first }
        add(Part(depth: 0, name: "network", output: ""), census.parts)
        add(
            Part(depth: 1, name: "stem", output: Self.map(plan.stages[0])), [known["patch_embed"]].compactMap { $0 })
        for (index, stage) in plan.stages.enumerated() {
            let prefix = "levels.\(index)."
            add(
                Part(depth: 1, name: "stage \(index + 1)", output: Self.map(stage)),
                census.parts.filter { $0.path.hasPrefix(prefix) && !$0.path.hasSuffix("downsample") })
            for (place, block) in stage.blocks.enumerated() {
                let part = known["\(prefix)blocks.\(place)"]
                let text = try Layout(stages: [Stage([block])]).text(in: .words, Mixers.vocabulary)
                add(Part(depth: 2, name: "\(place) \(text)", output: ""), [part].compactMap { $0 })
            }
            if let part = known["\(prefix)downsample"] {
                add(Part(depth: 1, name: "downsample", output: Self.map(plan.stages[index + 1])), [part])
            }
        }
        add(Part(depth: 1, name: "head", output: ""), [known["head"]].compactMap { $0 })
    }

    private mutating func add(_ part: Part, _ counted: [NetworkCensus.Part]) {
        var part = part
        counted.forEach { part.add($0) }
        parts.append(part)
    }

    private static func map(_ stage: NetworkPlan.Stage) -> String {
        "\(stage.height)×\(stage.mapWidth)×\(stage.width)"
    }

    /// The tree as rows, blocks indented under their stage.
    ///
    /// - Parameter subtitle: which network of many of this layout it is.
    func table(title: String?, subtitle: String? = nil) -> Table {
        let columns: [Table.Column] = [
            .init("part"), .init("output"),
            .init("parameters", alignment: .decimal, format: .count),
            .init("multiply_accumulates", title: "MACs", alignment: .decimal, format: .count),
            .init("dense_multiply_accumulates", isRaw: true), .init("attention_multiply_accumulates", isRaw: true),
            .init("scan_multiply_accumulates", isRaw: true),
            .init("activation_bytes", title: "activations", unit: "B", alignment: .decimal, format: .bytes),
        ]
        let rows = parts.map { part in
            [
                Table.Cell.text(String(repeating: "  ", count: part.depth) + part.name), .text(part.output),
                .integer(part.parameters), .integer(part.multiplyAccumulates),
                .integer(part.denseMultiplyAccumulates), .integer(part.attentionMultiplyAccumulates),
                .integer(part.scanMultiplyAccumulates), .integer(part.activationBytes),
            ]
        }
        return Table(title: title, subtitle: subtitle, columns: columns, rows: rows, notes: notes)
    }

    /// The network's exact counts, taken apart: published tables leave out attention products and scan.
    private var notes: [String] {
        guard let network = parts.first else { return [] }
        return [
            "\(grouped(network.parameters)) parameters.",
            "MACs: \(grouped(network.denseMultiplyAccumulates)) of convolutions and linear layers, which published tables count, "
                + "\(grouped(network.attentionMultiplyAccumulates)) of attention products, "
                + "\(grouped(network.scanMultiplyAccumulates)) of the scan.",
        ]
    }

    /// 31,794,248.
    private func grouped(_ number: Int) -> String {
        number.formatted(.number.locale(Locale(identifier: "en_US")))
    }
}
