import Foundation
import Testing

/// What a target imports without naming it, the build does not follow: a build on top of an older one can then hold two
/// layouts of one type.
@Suite struct PackageTests {
    @Test func everyTargetNamesTheModulesThatItImports() throws {
        let package = try SnippetTests.text("Package.swift")
        let targets = package.matches(
            of: #/\.(target|executableTarget|testTarget)\(\s*name: "(\w+)"([\s\S]*?)swiftSettings/#)
        let names = Set(targets.map { String($0.2) })
        #expect(names.count > 15, "\(names)")
        for target in targets {
            let (name, arguments) = (String(target.2), target.3.replacing(#/exclude: \[[^\]]*\]/#, with: ""))
            let named = Set(arguments.matches(of: #/"(\w+)"/#).map { String($0.1) })
            let folder =
                arguments.firstMatch(of: #/path: "([^"]+)"/#).map { String($0.1) }
                ?? "\(target.1 == "testTarget" ? "Tests" : "Sources")/\(name)"
            let imported = try imports(in: folder)
            #expect(!imported.isEmpty || name == "Randomness", "\(name) imports nothing")
            let unnamed = imported.intersection(names).subtracting(named).subtracting([name])
            #expect(unnamed.isEmpty, "\(name) imports \(unnamed.sorted()), which Package.swift does not say")
        }
    }

    private func imports(in folder: String) throws -> Set<String> {
        let root = SnippetTests.project.appendingPathComponent(folder)
        let files = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
        var modules: Set<String> = []
        for file in files where file.hasSuffix(".swift") {
            let text = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
            let lines = text.matches(of: #/(?m)^(?:@testable )?import (\w+)/#)
            modules.formUnion(lines.map { String($0.1) })
        }
        return modules
    }
}
