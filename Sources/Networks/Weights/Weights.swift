import Autograd

/// Weights in and out of a network under the official state_dict names.
public enum Weights {
    /// In which a file does not fit a network; empty where it fits.
    ///
    /// A prefix `module.` or `encoder.` is taken off; `num_batches_tracked` of a batch norm, which nothing here uses, may
    /// be there or not.
    public static func differences(_ file: WeightsFile, from store: ParameterStore) -> WeightsDifferences {
        matched(file, store).differences
    }

    /// Fills a network from a file. Strict: a missing, an extra or a misshapen array is an error that counts them, and
    /// then nothing of the network has changed. A store without memory gets it.
    public static func load(_ file: WeightsFile, into store: ParameterStore) throws(WeightsError) {
        let (found, differences) = matched(file, store)
        guard differences.isEmpty else {
            throw WeightsError(
                file.path, "does not fit this network: \(differences)",
                "check the layout, widths and classes against the file")
        }
        if !store.isMaterialized { store.materialize() }
        for parameter in store.parameters {
            try copy(found[parameter.name], of: file, to: parameter.tensor.pointer, parameter.shape)
        }
        for state in store.states {
            try copy(found[state.name], of: file, to: state.pointer, state.shape)
        }
    }

    /// How many classes the file's head tells apart; nil where it has no head of the official name.
    public static func classes(in file: WeightsFile) -> Int? {
        file.arrays.first { officialName($0.name) == "head.weight" }?.shape.first
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
    ) -> (found: [String: StoredArray], differences: WeightsDifferences) {
        var found: [String: StoredArray] = [:]
        var differences = WeightsDifferences()
        for array in file.arrays {
            let name = officialName(array.name)
            if let other = found.updateValue(array, forKey: name) {
                differences.doubled.append("\(quoted(other.name)) and \(quoted(array.name))")
            }
        }
        let expected = store.parameters.map { ($0.name, $0.shape) } + store.states.map { ($0.name, $0.shape) }
        for (name, shape) in expected {
            guard let array = found[name] else {
                differences.missing.append(name)
                continue
            }
            if array.shape != shape.dimensions {
                let shown = SafetensorsHeader.shortened(array.shape)
                differences.misshapen.append("\(name) \(shown) instead of \(shape.dimensions)")
            }
        }
        let known = Set(expected.map(\.0)).union(store.states.compactMap { trackedName($0.name) })
        differences.extra = found.keys.filter { !known.contains($0) }.sorted().map(quoted)
        return (found, differences)
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

    private static func quoted(_ name: String) -> String {
        SafetensorsHeader.quoted(name)
    }
}
