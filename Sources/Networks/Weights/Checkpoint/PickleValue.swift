/// What a pickle of tensors can hold. Containers name their members by number, so that no value nests in another one and
/// a hostile file can build neither deep nor exponential structures.
enum PickleValue {
    typealias Handle = Int

    case none
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case tuple([Handle])
    case list([Handle])
    case dictionary([(key: Handle, value: Handle)])
    /// A name of a class or function out of the short list that is known; it is never called.
    case known(Known)
    case storage(Storage)
    case tensor(Tensor)
    /// Something that stands beside the tensors and is of no interest here: a record of settings, a measured number.
    case aside

    /// A part of the archive that holds numbers.
    struct Storage {
        let key: String
        let type: ElementType
    }

    /// A view of a storage; nothing in it is checked yet.
    struct Tensor {
        let storage: Storage
        let offset: Int
        let shape: [Int]
        let strides: [Int]
    }

    enum Known {
        case storage(ElementType)
        case rebuildTensor
        case rebuildParameter
        case orderedDictionary
        case size
        /// What trainers store beside the tensors: their command line, a metric as a number of NumPy, a device.
        case aside

        /// By the module's and the object's name, as the pickle gives them.
        init?(_ module: String, _ name: String) {
            switch (module, name) {
            case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
            case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
            case ("collections", "OrderedDict"): self = .orderedDictionary
            case ("torch", "Size"): self = .size
            case ("argparse", "Namespace"), ("numpy.core.multiarray", "scalar"), ("numpy._core.multiarray", "scalar"),
                ("numpy", "dtype"), ("_codecs", "encode"), ("torch", "device"):
                self = .aside
            case ("torch", _):
                guard let type = Known.storages[name] else { return nil }
                self = .storage(type)
            default: return nil
            }
        }

        private static let storages: [String: ElementType] = [
            "FloatStorage": .float32, "HalfStorage": .float16, "BFloat16Storage": .bfloat16, "DoubleStorage": .float64,
            "LongStorage": .int64, "IntStorage": .int32, "ShortStorage": .int16, "CharStorage": .int8,
            "ByteStorage": .uint8, "BoolStorage": .bool,
        ]
    }
}
