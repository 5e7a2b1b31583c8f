import Autograd

/// The digest of a network's weights: equal digests mean equal bits.
enum WeightsDigest {
    /// SHA-256 over the name, the shape and the values of every parameter, then of every state array.
    static func of(_ store: ParameterStore) -> String {
        let digest = Digest()
        for parameter in store.parameters {
            add(parameter.name, parameter.shape, parameter.tensor.pointer, to: digest)
        }
        for state in store.states {
            add(state.name, state.shape, state.pointer, to: digest)
        }
        return digest.finish()
    }

    private static func add(
        _ name: String, _ shape: Shape, _ values: UnsafeMutablePointer<Float>, to digest: Digest
    ) {
        var label = "\(name) \(shape)\n"
        label.withUTF8 { digest.update(UnsafeRawBufferPointer($0)) }
        digest.update(UnsafeRawBufferPointer(UnsafeBufferPointer(start: values, count: shape.count)))
    }
}
