/// Checkpoints as `torch.save` writes them since PyTorch 1.6: a zip archive with a pickle, `NAME/data.pkl`, and the numbers
/// of each storage uncompressed in `NAME/data/KEY`.
enum PyTorchCheckpoint {
    /// The longest pickle that is read. That of a network with a thousand arrays and its optimizer has a tenth of it.
    private static let longestPickle = 8 << 20

    private static let damaged = "the checkpoint is damaged: get it again"

    /// Whether a file is such a checkpoint, by its first bytes; the two older formats are errors that say what to do.
    static func recognizes(_ source: ByteSource) throws(WeightsError) -> Bool {
        let head = try source.bytes(0, min(source.count, 512))
        if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
            return true
        }
        // A pickled magic number; or a tar archive.
        let isPickle = head.starts(with: [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9])
        let isTar = head.count >= 262 && head[257..<262].elementsEqual("ustar".utf8)
        guard !isPickle, !isTar else {
            throw WeightsError(
                source.path, "is a checkpoint in the format of PyTorch before 1.6, which is not read here",
                conversion(source.path))
        }
        return false
    }

    /// How to turn a checkpoint into safetensors with PyTorch itself.
    static func conversion(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return
            "if you trust the file, convert it: python3 -c 'import sys, torch; from safetensors.torch import save_file; "
            + "s = torch.load(sys.argv[1], map_location=\"cpu\", weights_only=False); s = s.get(\"state_dict\", "
            + "s.get(\"model\", s)); save_file({k: v.contiguous().clone() for k, v in s.items()}, sys.argv[2])' "
            + "\(name) weights.safetensors"
    }

    /// Whether unpickling this name can run anything at all: the system's modules, and the built-in functions that lead to
    /// them.
    private static func runsPrograms(_ name: String) -> Bool {
        let parts = name.split(separator: ".").map(String.init)
        let modules = [
            "posix", "nt", "os", "subprocess", "sys", "shutil", "socket", "runpy", "importlib", "pty", "commands",
            "popen2",
            "webbrowser", "ctypes", "multiprocessing", "platform", "pickle", "_pickle", "marshal", "code", "timeit",
            "pdb",
            "bdb", "cProfile", "pip", "http", "urllib", "requests",
        ]
        let functions = [
            "eval", "exec", "execfile", "compile", "open", "getattr", "setattr", "__import__", "apply", "input",
            "breakpoint",
            "globals", "vars",
        ]
        guard let module = parts.first, let last = parts.last else { return false }
        return modules.contains(module) || (["builtins", "__builtin__"].contains(module) && functions.contains(last))
    }

    /// The arrays of the state dictionary, with their positions in the file.
    static func arrays(_ source: ByteSource) throws(WeightsError) -> [StoredArray] {
        let archive = try ZipDirectory(source).entries
        let pickles = archive.keys.filter { $0.hasSuffix("/data.pkl") || $0 == "data.pkl" }
        guard pickles.count == 1, let pickleName = pickles.first, let place = archive[pickleName] else {
            throw WeightsError(source.path, "is a zip archive, but no checkpoint of PyTorch", "name a checkpoint")
        }
        guard place.count <= longestPickle else {
            throw WeightsError(
                source.path, "has a pickle of \(place.count) bytes, more than the \(longestPickle) that are read",
                conversion(source.path))
        }
        let folder = pickleName.dropLast("data.pkl".count)
        if let order = archive[folder + "byteorder"], order.count < 16 {
            guard try source.bytes(order.lowerBound, order.count).starts(with: "little".utf8) else {
                throw WeightsError(source.path, "is written most significant byte first", conversion(source.path))
            }
        }
        var unpickler = Unpickler(try source.bytes(place.lowerBound, place.count))
        let root: PickleValue.Handle
        do throws(Unpickler.Failure) {
            root = try unpickler.run()
        } catch {
            switch error {
            case .foreign(let what):
                let shown = SafetensorsHeader.quoted(what)
                guard !runsPrograms(what) else {
                    throw WeightsError(
                        source.path,
                        "would run a program where it is loaded (\(shown)), and nothing of it was run here",
                        "do not load it anywhere, and get the weights from a source that you trust")
                }
                throw WeightsError(
                    source.path, "holds more than tensors (\(shown)), and nothing else is unpickled here",
                    conversion(source.path))
            case .damaged(let what): throw WeightsError(source.path, "has a damaged pickle: \(what)", damaged)
            }
        }
        return try arrays(unpickler.values, root, String(folder), archive, source)
    }

    private static func arrays(
        _ values: [PickleValue], _ root: PickleValue.Handle, _ folder: String, _ archive: [String: Range<Int>],
        _ source: ByteSource
    ) throws(WeightsError) -> [StoredArray] {
        var arrays: [StoredArray] = []
        var names: Set<String> = []
        for (key, value) in try stateDictionary(values, root, source) {
            guard case .text(let name) = values[key], case .tensor(let tensor) = values[value] else {
                throw WeightsError(
                    source.path, "holds something else than tensors in its state dictionary", conversion(source.path))
            }
            guard names.insert(name).inserted else {
                throw WeightsError(source.path, "holds \(SafetensorsHeader.quoted(name)) twice", damaged)
            }
            guard let numbers = archive["\(folder)data/\(tensor.storage.key)"],
                let array = array(name, tensor, numbers)
            else {
                throw WeightsError(source.path, "places \(SafetensorsHeader.quoted(name)) outside its data", damaged)
            }
            arrays.append(array)
        }
        return arrays
    }

    /// The dictionary of names and tensors: the outermost one, or what it holds as `state_dict` or `model`.
    private static func stateDictionary(
        _ values: [PickleValue], _ root: PickleValue.Handle, _ source: ByteSource
    ) throws(WeightsError) -> [(key: PickleValue.Handle, value: PickleValue.Handle)] {
        guard case .dictionary(let outer) = values[root] else {
            throw WeightsError(source.path, "holds no dictionary of tensors", conversion(source.path))
        }
        for wanted in ["state_dict", "model"] {
            for (key, value) in outer {
                if case .text(wanted) = values[key], case .dictionary(let inner) = values[value] {
                    return inner
                }
            }
        }
        return outer
    }

    /// The tensor as an array of the file; nil where it does not lie within its storage, or is larger.
    private static func array(_ name: String, _ tensor: PickleValue.Tensor, _ numbers: Range<Int>) -> StoredArray? {
        let type = tensor.storage.type
        // A view that repeats its storage's numbers would let a few bytes ask for any amount of memory.
        guard let size = StoredArray.byteCount(tensor.shape, type), size <= numbers.count, tensor.offset >= 0,
            tensor.offset <= numbers.count / type.byteCount
        else { return nil }
        var last = tensor.offset
        var expected = 1
        var isContiguous = true
        let isEmpty = tensor.shape.contains(0)
        for (length, stride) in zip(tensor.shape, tensor.strides).reversed() where !isEmpty {
            guard stride >= 0 else { return nil }
            let (reach, overflow) = (length - 1).multipliedReportingOverflow(by: stride)
            let (sum, carry) = last.addingReportingOverflow(reach)
            guard !overflow, !carry else { return nil }
            last = sum
            isContiguous = isContiguous && (length == 1 || stride == expected)
            expected *= length
        }
        guard isEmpty || last < numbers.count / type.byteCount else { return nil }
        return StoredArray(
            name: name, type: type, shape: tensor.shape, position: numbers.lowerBound + tensor.offset * type.byteCount,
            strides: isContiguous ? nil : tensor.strides)
    }
}
