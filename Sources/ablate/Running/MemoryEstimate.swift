import Experiments
import Foundation
import Networks
import Results

/// How much memory a trial's process will need, roughly: measured trials needed 0.8 to 1.3 times as much.
enum MemoryEstimate {
    /// The program itself.
    private static let program = 35e6
    /// What the pool keeps beyond what backward needs, over that.
    private static let slack = 1.2
    /// No more rows are looked at for warnings.
    private static let rows = 256

    /// Bytes of one trial of a row.
    static func bytes(_ prepared: ExperimentInput.PreparedRow, _ census: NetworkCensus) -> Double {
        let train = prepared.row.train
        let batch = Double(max(1, min(train.batch, prepared.trainExamples)))
        let averages = train.averageDecay == nil ? 0.0 : 1
        // Values, gradients and two moments; while a checkpoint is written, three copies of all but the gradients.
        let arrays = 4 + averages + 3 * (3 + averages)
        let image = prepared.plan.input
        let pixels = Double(image.height * image.width * image.channels)
        return program + slack * batch * Double(census.activationBytes) + 4 * arrays * Double(census.parameters)
            + 3 * 4 * batch * pixels + stored(prepared.row.dataset, pixels, prepared)
    }

    /// Bytes of the pictures that are read from files.
    private static func stored(
        _ dataset: DatasetSettings, _ pixels: Double, _ prepared: ExperimentInput.PreparedRow
    ) -> Double {
        guard let word = DatasetWord.named(dataset.name), !word.isProcedural else { return 0 }
        // Scenes are drawn of all of Fashion-MNIST.
        if word.isDrawn { return 70_000 * 28 * 28 }
        return Double(prepared.trainExamples + prepared.evaluationExamples) * pixels
    }

    /// What this machine has not enough memory for.
    static func warnings(_ input: ExperimentInput) throws -> [Diagnostic] {
        let machine = Double(ProcessInfo.processInfo.physicalMemory)
        var warned: Set<String> = []
        return try zip(input.rows, input.censuses(most: rows)).compactMap { prepared, census in
            let bytes = bytes(prepared, census)
            guard bytes > 0.9 * machine, warned.insert(prepared.row.entry).inserted else { return nil }
            return Diagnostic(
                .warning,
                "a trial of `\(prepared.row.name)` needs about \(NumberFormat.bytes.text(bytes)) of memory, and this "
                    + "machine has \(NumberFormat.bytes.text(machine))", at: prepared.row.place,
                remedy: "lower `batch` or `width`; `ablate describe FILE` shows what takes it")
        }
    }
}
