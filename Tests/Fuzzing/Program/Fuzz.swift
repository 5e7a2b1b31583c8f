// The program around the targets, for libFuzzer, which brings its own `main`: `make fuzz`, docs/durability-tests.md.

import Foundation
import FuzzTargets

/// The target that the variable `FUZZ_TARGET` names.
private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget.named(name) else {
        let names = FuzzTarget.all.map(\.name).joined(separator: ", ")
        preconditionFailure("FUZZ_TARGET is \"\(name)\", but must be one of \(names)")
    }
    return target
}()

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    target.read(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
