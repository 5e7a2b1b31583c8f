import Experiments
import Networks

extension FuzzTarget {
    /// A layout, in the dialect that the first byte says: it prints and reads back the same, or there are errors with
    /// words and places.
    static let notation = FuzzTarget("notation") { bytes in
        let dialects = Dialect.allCases
        let dialect = dialects[Int(bytes.first ?? 0) % dialects.count]
        let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
        let parser = LayoutParser(vocabulary: Mixers.vocabulary)
        let layout: Layout
        do throws(Diagnostics) {
            layout = try parser.layout(text, dialect: dialect)
        } catch {
            precondition(error.all.allSatisfy { !$0.message.isEmpty && $0.place != nil }, "an error without a place")
            precondition(error.rendered().contains("error: "), "an error without words")
            return
        }
        let canonical = layout.canonical(Mixers.vocabulary)
        do throws(Diagnostics) {
            let again = try parser.layout(canonical)
            precondition(again == layout, "\(text.debugDescription) prints as \(canonical.debugDescription)")
        } catch {
            preconditionFailure("\(text.debugDescription) prints as \(canonical.debugDescription), which is none")
        }
    }

    /// An experiment file: an experiment with rows and seeds, or errors with words and places.
    static let experiment = FuzzTarget("experiment") { bytes in
        do throws(Diagnostics) {
            let (experiment, _) = try ExperimentFile.parse(
                bytes: bytes, file: "fuzz.yaml", vocabulary: Mixers.vocabulary)
            precondition(!experiment.rows.isEmpty && !experiment.seeds.isEmpty, "an experiment of nothing")
            precondition(Set(experiment.rows.map(\.name)).count == experiment.rows.count, "a row's name twice")
        } catch {
            precondition(error.all.contains { $0.severity == .error }, "refused without an error")
            precondition(error.rendered().utf8.count < 1 << 20, "a message as long as a book")
        }
    }
}
