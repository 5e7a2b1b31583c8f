/// Reads layouts.
///
/// Every error of a text is found in one pass, and each names file, line and column.
public struct LayoutParser: Sendable {
    public let vocabulary: Vocabulary

    public init(vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
    }

    /// The one layout that this text means. A set of placements or an axis is an error here: both are for sweeps.
    public func layout(_ text: String, dialect: Dialect = .ablate, at origin: TextOrigin = TextOrigin())
        throws(Diagnostics) -> Layout
    {
        let characters = try LayoutParser.characters(of: text, at: origin)
        let problems = TextProblems(text: characters, origin: origin)
        switch dialect {
        case .ablate, .words, .compact:
            let syntax = try syntax(problems, allowsSets: false)
            guard let layout = syntax.layout() else {
                preconditionFailure("a layout without sets has one value")
            }
            return layout
        case .paper: return try PaperNotation.layout(problems, vocabulary)
        case .megatron: return try MegatronNotation.layout(problems, vocabulary)
        case .json: return try LayerTypesNotation.layout(problems, vocabulary)
        case .attentionIndices: return try AttentionIndicesNotation.layout(problems, vocabulary)
        }
    }

    /// A layout with its axes `{name}` and its sets of placements, to be expanded by a sweep.
    ///
    /// A text without axes is checked at once; with axes it is checked when they have values.
    public func template(_ text: String, at origin: TextOrigin = TextOrigin()) throws(Diagnostics) -> LayoutTemplate {
        try LayoutTemplate(text, vocabulary: vocabulary, origin: origin)
    }

    /// Reads a text of the default dialect.
    func syntax(_ problems: TextProblems, allowsSets: Bool) throws(Diagnostics) -> LayoutSyntax {
        var parser = LayoutSyntaxParser(vocabulary: vocabulary, allowsSets: allowsSets, problems: problems)
        let syntax = parser.layout()
        try parser.problems.throwIfAny()
        return syntax
    }

    /// The text's characters, unless it is longer than any layout.
    static func characters(of text: String, at origin: TextOrigin) throws(Diagnostics) -> [Character] {
        guard text.utf8.count <= LayoutLimits.textBytes else {
            let head = Array(text.prefix(80))
            let place = origin.place(of: 0..<1, in: head, lines: TextLine.lines(of: head))
            throw Diagnostics([
                Diagnostic(
                    "the layout is \(text.utf8.count) bytes long", at: place,
                    remedy: "a layout has at most \(LayoutLimits.textBytes) bytes; use counts such as `M4`")
            ])
        }
        return Array(text)
    }
}
