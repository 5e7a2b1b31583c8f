import Autograd

/// Weights in and out of a network under the official state_dict names.
public enum Weights {
    /// Everything in which a file does not fit a network, one sentence each; empty where it fits.
    ///
    /// A prefix `module.` or `encoder.` is taken off; `num_batches_tracked` of a batch norm, which nothing here uses, may
    /// be there or not.
    public static func differences(_ file: WeightsFile, from store: ParameterStore) -> [String] {
        matched(file, store).problems
    }

    /// Fills a network from a file. Strict: a missing, an extra or a misshapen array is an error that lists them, and
    /// then nothing of the network has changed.
    public static func load(_ file: WeightsFile, into store: ParameterStore) throws(WeightsError) {
        let (found, problems) = matched(file, store)
        guard problems.isEmpty else {
            throw WeightsError(
                file.path, "does not fit this network: " + summarized(problems),
                "check the layout, widths and classes against the file")
        }
        for parameter in store.parameters {
            try copy(found[parameter.name], of: file, to: parameter.tensor.pointer, parameter.shape)
        }
        for state in store.states {
            try copy(found[state.name], of: file, to: state.pointer, state.shape)
        }
    }

    /// A network's weights for writing, in the official order of names. The store keeps its memory; nothing is copied.
    public static func writer(_ store: ParameterStore, metadata: [String: String] = [:]) -> SafetensorsWriter {
        var writer = SafetensorsWriter(metadata: metadata)
        for parameter in store.parameters {
            writer.add(
                parameter.name, shape: parameter.shape.dimensions,
                viewing: UnsafeBufferPointer(start: parameter.tensor.pointer, count: parameter.shape.count), of: store)
        }
        for state in store.states {
            writer.add(
                state.name, shape: state.shape.dimensions,
                viewing: UnsafeBufferPointer(start: state.pointer, count: state.shape.count), of: store)
            if let tracked = trackedName(state.name) {
                writer.add(tracked, shape: [], [0])
            }
        }
        return writer
    }

    /// The file's arrays under their official names, and what is wrong with them.
    private static func matched(
        _ file: WeightsFile, _ store: ParameterStore
    ) -> (found: [String: StoredArray], problems: [String]) {
        var found: [String: StoredArray] = [:]
        var problems: [String] = []
        for array in file.arrays {
            let name = officialName(array.name)
            if let other = found.updateValue(array, forKey: name) {
                problems.append("\(display(name)) is there twice, as \(display(other.name)) and \(display(array.name))")
            }
        }
        let expected = store.parameters.map { ($0.name, $0.shape) } + store.states.map { ($0.name, $0.shape) }
        for (name, shape) in expected {
            guard let array = found[name] else {
                problems.append("\(name) is missing")
                continue
            }
            if array.shape != shape.dimensions {
                let shown = SafetensorsHeader.shortened(array.shape)
                problems.append("\(name) has the shape \(shown) instead of \(shape.dimensions)")
            }
        }
        let known = Set(expected.map(\.0)).union(store.states.compactMap { trackedName($0.name) })
        for name in found.keys.sorted() where !known.contains(name) {
            problems.append("\(display(name)) does not belong to this network")
        }
        return (found, problems)
    }

    /// The name of the counter beside a batch norm's running variance.
    private static func trackedName(_ state: String) -> String? {
        state.hasSuffix(".running_var") ? state.dropLast("running_var".count) + "num_batches_tracked" : nil
    }

    private static func copy(
        _ array: StoredArray?, of file: WeightsFile, to target: UnsafeMutablePointer<Float>, _ shape: Shape
    ) throws(WeightsError) {
        guard let array else { return }
        try file.read(array, into: UnsafeMutableBufferPointer(start: target, count: shape.count))
    }

    private static func officialName(_ name: String) -> String {
        var rest = name[...]
        while let prefix = ["module.", "encoder."].first(where: { rest.hasPrefix($0) }) {
            rest = rest.dropFirst(prefix.count)
        }
        return String(rest)
    }

    private static func display(_ name: String) -> String {
        SafetensorsHeader.quoted(name)
    }

    private static func summarized(_ problems: [String]) -> String {
        let shown = problems.prefix(20).joined(separator: "; ")
        return problems.count > 20 ? shown + "; and \(problems.count - 20) more" : shown
    }
}
