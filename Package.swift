// swift-tools-version: 6.1
import PackageDescription

/// Warnings are errors in every target of this package.
let strict: [SwiftSetting] = [.unsafeFlags(["-warnings-as-errors"])]

/// The kernels are optimised in debug builds too, so that tests run at full speed (docs/decisions/0001-kernel-flags.md).
var kernelFlags = ["-O", "-wmo", "-num-threads", "2", "-disable-batch-mode", "-Xcc", "-fno-math-errno"]
#if arch(x86_64)
    kernelFlags += ["-Xcc", "-march=x86-64-v3", "-Xcc", "-mprfchw"]
#endif

let package = Package(
    name: "ablate",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    // Each target names every module that it imports: a change of another would not build it again.
    targets: [
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CJPEG", providers: [.apt(["libjpeg-dev"])]),
        .systemLibrary(name: "CPNG", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CPrefetch"),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Files", swiftSettings: strict),
        .target(name: "Randomness", swiftSettings: strict),
        .target(
            name: "Experiments",
            dependencies: ["CCrypto", "Randomness", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        .target(name: "Kernels", dependencies: ["CPrefetch"], swiftSettings: strict + [.unsafeFlags(kernelFlags)]),
        .target(name: "Autograd", dependencies: ["Kernels", "Randomness"], swiftSettings: strict),
        .target(name: "Networks", dependencies: ["Autograd", "Experiments", "Files"], swiftSettings: strict),
        .target(name: "Images", dependencies: ["CJPEG", "CPNG"], swiftSettings: strict),
        .target(
            name: "Training",
            dependencies: [
                "Autograd", "CCrypto", "CZlib", "Experiments", "Files", "Networks", "Randomness",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict),
        .target(
            name: "Results",
            dependencies: ["Experiments", "Files", "Randomness", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict + [.unsafeFlags(["-enable-testing"])]),
        .executableTarget(
            name: "ablate",
            dependencies: [
                "Autograd", "Experiments", "Files", "Images", "Networks", "Results", "Training",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "CZlib", "Experiments", "Images", "Networks", "Results", "Training",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Tests/Fuzzing/Targets", swiftSettings: strict),
        .testTarget(
            name: "FuzzingTests", dependencies: ["FuzzTargets", .product(name: "GRDB", package: "GRDB.swift")],
            exclude: ["Corpora"], swiftSettings: strict),
        .testTarget(name: "FilesTests", dependencies: ["Files"], swiftSettings: strict),
        .testTarget(name: "RandomnessTests", dependencies: ["Randomness"], swiftSettings: strict),
        .testTarget(name: "ExperimentsTests", dependencies: ["Experiments", "Randomness"], swiftSettings: strict),
        .testTarget(name: "KernelsTests", dependencies: ["Kernels"], swiftSettings: strict),
        .testTarget(name: "AutogradTests", dependencies: ["Autograd", "Randomness"], swiftSettings: strict),
        .testTarget(
            name: "NetworksTests", dependencies: ["Autograd", "Experiments", "Networks"], exclude: ["Files"],
            swiftSettings: strict),
        .testTarget(name: "ImagesTests", dependencies: ["Images"], exclude: ["Files"], swiftSettings: strict),
        .testTarget(
            name: "TrainingTests", dependencies: ["Autograd", "Experiments", "Networks", "Randomness", "Training"],
            swiftSettings: strict),
        .testTarget(
            name: "ResultsTests",
            dependencies: [
                "Experiments", "FuzzTargets", "Randomness", "Results", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Files"], swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "ablate", "Autograd", "Experiments", "FuzzTargets", "Images", "Networks", "Randomness",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

// The fuzzer is built where it is asked for only (`make fuzz`): libFuzzer brings a `main` of its own.
if Context.environment["ABLATE_FUZZER"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz", dependencies: ["FuzzTargets", .product(name: "GRDB", package: "GRDB.swift")],
            path: "Tests/Fuzzing/Program", swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
