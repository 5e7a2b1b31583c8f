/// A place in the tree of a network's names, where layers declare their parameters.
public struct ParameterScope {
    public let store: ParameterStore
    /// The path with dots, empty for the network itself.
    public let path: String

    public init(_ store: ParameterStore, path: String = "") {
        self.store = store
        self.path = path
    }

    /// The scope of a part: `scope["blocks"][0]["mixer"]`.
    public subscript(_ name: String) -> ParameterScope {
        ParameterScope(store, path: path.isEmpty ? name : path + "." + name)
    }

    public subscript(_ index: Int) -> ParameterScope { self[String(index)] }

    /// Declares a trained array of this scope.
    public func parameter(_ name: String, _ shape: Shape, _ initializer: Initializer) -> Parameter {
        store.declare(self[name].path, shape, initializer)
    }

    /// Declares a state array of this scope.
    public func state(_ name: String, _ shape: Shape, initialValue: Float) -> StateArray {
        store.declareState(self[name].path, shape, initialValue)
    }
}
