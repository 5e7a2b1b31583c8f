import Autograd

/// Weights in and out of a network under the official state_dict names.
public enum Weights {
    /// Every name that the official code has for this network, with its shape: parameters, then running statistics.
    static func expected(_ store: ParameterStore) -> [(name: String, shape: Shape)] {
        store.parameters.map { ($0.name, $0.shape) } + store.states.map { ($0.name, $0.shape) }
    }

    /// Fills a network from a file. Strict: a missing, an extra or a misshapen array is an error that lists them all.
    ///
    /// A prefix `module.` or `encoder.` is taken off; `num_batches_tracked`, which nothing here uses, may be there.
    public static func load(_ file: SafetensorsFile, into store: ParameterStore) throws(WeightsError) {
        var found: [String: SafetensorsFile.Entry] = [:]
        for entry in file.entries {
            found[officialName(entry.name)] = entry
        }
        var problems: [String] = []
        let expected = expected(store)
        for (name, shape) in expected {
            guard let entry = found[name] else {
                problems.append("\(name) is missing")
                continue
            }
            if entry.shape != shape.dimensions {
                problems.append("\(name) has the shape \(entry.shape) instead of \(shape.dimensions)")
            }
        }
        let known = Set(expected.map(\.name))
        for name in found.keys.sorted() where !known.contains(name) && !name.hasSuffix(".num_batches_tracked") {
            problems.append("\(name) does not belong to this network")
        }
        guard problems.isEmpty else {
            throw WeightsError(
                file.path, "does not fit this network: " + summarized(problems),
                "check the layout, widths and classes against the file")
        }
        for parameter in store.parameters {
            copy(found[parameter.name], of: file, to: parameter.tensor.pointer)
        }
        for state in store.states {
            copy(found[state.name], of: file, to: state.pointer)
        }
    }

    /// A network's weights as a file's contents, in the official order of names.
    public static func writer(_ store: ParameterStore, metadata: [String: String] = [:]) -> SafetensorsWriter {
        var writer = SafetensorsWriter(metadata: metadata)
        for parameter in store.parameters {
            writer.add(
                parameter.name, shape: parameter.shape.dimensions,
                UnsafeBufferPointer(start: parameter.tensor.pointer, count: parameter.shape.count))
        }
        for state in store.states {
            writer.add(
                state.name, shape: state.shape.dimensions,
                UnsafeBufferPointer(start: state.pointer, count: state.shape.count))
            if state.name.hasSuffix(".running_var") {
                writer.add(state.name.dropLast("running_var".count) + "num_batches_tracked", shape: [], [0])
            }
        }
        return writer
    }

    private static func copy(
        _ entry: SafetensorsFile.Entry?, of file: SafetensorsFile, to target: UnsafeMutablePointer<Float>
    ) {
        guard let entry else { return }
        let values = file.floats(entry)
        target.update(from: values, count: values.count)
    }

    private static func officialName(_ name: String) -> String {
        for prefix in ["module.", "encoder."] where name.hasPrefix(prefix) {
            return officialName(String(name.dropFirst(prefix.count)))
        }
        return name
    }

    private static func summarized(_ problems: [String]) -> String {
        let shown = problems.prefix(20).joined(separator: "; ")
        return problems.count > 20 ? shown + "; and \(problems.count - 20) more" : shown
    }
}
