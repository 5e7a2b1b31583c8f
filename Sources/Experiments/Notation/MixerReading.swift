/// What a word of the notation names: one mixer (`mamba`, `M4`) or several (`MMAA`, `M4A4`).
struct MixerReading {
    /// One letter or word and its count.
    struct Run {
        /// Nil where the mixer is unknown; that has been reported.
        var keyword: String?
        var count = 1
        var hasCount = false
        var isKnown = true
        var range: Range<Int>
    }

    private(set) var runs: [Run] = []
    private let word: String
    private let range: Range<Int>
    private let vocabulary: Vocabulary

    init(_ word: String, at range: Range<Int>, vocabulary: Vocabulary, problems: inout TextProblems) {
        self.word = word
        self.range = range
        self.vocabulary = vocabulary
        if vocabulary[word] != nil {
            runs = [Run(keyword: word, range: range)]
        } else if let hyphen = negativeCount() {
            _ = BlockCount.read(
                String(word[hyphen...]), at: (range.upperBound - word[hyphen...].count)..<range.upperBound,
                problems: &problems)
            runs = [Run(keyword: nil, isKnown: false, range: range)]
        } else if let remedy = remedyForWord() {
            report(remedy: remedy, &problems)
        } else if word.allSatisfy({ $0.isNotationDigit || $0.isUppercase }) {
            readLetters(&problems)
        } else {
            report(remedy: listing, &problems)
        }
    }

    private mutating func report(remedy: String, _ problems: inout TextProblems) {
        problems.add("unknown mixer `\(elided(word))`", at: range, remedy: remedy)
        runs = [Run(keyword: nil, isKnown: !word.contains(where: \.isNotationDigit), range: range)]
    }

    /// What the person may have meant by a word that is neither a mixer nor a run of known letters.
    private func remedyForWord() -> String? {
        let letters = word.prefix { !$0.isNotationDigit && $0 != "-" }
        let isLetterRun = letters.count == word.count && letters.allSatisfy { vocabulary[letter: $0] != nil }
        if isLetterRun { return nil }
        if let keyword = wordBeforeCount() { return "write `\(keyword.word)*\(keyword.count)`" }
        if word.count > 2, let near = nearestWord(to: word, in: vocabulary.words.map(\.keyword)) {
            return "did you mean `\(near)`?"
        }
        let capitals = word.uppercased()
        if capitals != word, capitals.allSatisfy({ $0.isNotationDigit || vocabulary[letter: $0] != nil }) {
            return "letters are capitals: write `\(elided(capitals))`"
        }
        return nil
    }

    /// Where the `-` of `M-3` or `mamba-3` stands.
    private func negativeCount() -> String.Index? {
        guard let hyphen = word.lastIndex(of: "-"), hyphen > word.startIndex,
            word[hyphen...].dropFirst().allSatisfy(\.isNotationDigit)
        else { return nil }
        let name = word[..<hyphen]
        let isKnown = vocabulary[String(name)] != nil || name.allSatisfy { vocabulary[letter: $0] != nil }
        return isKnown ? hyphen : nil
    }

    /// `mamba4` is read as the word and its count.
    private func wordBeforeCount() -> (word: String, count: Substring)? {
        let digits = word.reversed().prefix { $0.isNotationDigit }.count
        guard digits > 0, digits < word.count else { return nil }
        let name = String(word.dropLast(digits))
        return vocabulary[name] == nil ? nil : (name, word.suffix(digits))
    }

    private mutating func readLetters(_ problems: inout TextProblems) {
        let characters = Array(word)
        var index = 0
        while index < characters.count {
            let start = index
            let letter = characters[index]
            index += 1
            while index < characters.count, characters[index].isNotationDigit { index += 1 }
            let digits = String(characters[(start + 1)..<index])
            let letterRange = (range.lowerBound + start)..<(range.lowerBound + start + 1)
            var run = Run(keyword: vocabulary[letter: letter]?.keyword, range: letterRange)
            if run.keyword == nil { reportLetter(letter, at: letterRange, &problems) }
            if !digits.isEmpty {
                run.range = (range.lowerBound + start)..<(range.lowerBound + index)
                let count = BlockCount.read(
                    digits, at: letterRange.upperBound..<run.range.upperBound, problems: &problems)
                run.count = count ?? 1
                run.isKnown = count != nil
                run.hasCount = true
            }
            runs.append(run)
        }
    }

    private func reportLetter(_ letter: Character, at range: Range<Int>, _ problems: inout TextProblems) {
        let remedy =
            letter == "S"
            ? "the MambaVision paper writes S for self-attention, elsewhere S means a state-space model: "
                + "write `A`, or read the text in the dialect `\(Dialect.paper.rawValue)`"
            : listing
        problems.add("unknown mixer `\(letter)`", at: range, remedy: remedy)
    }

    private var listing: String {
        let words = vocabulary.words.map { word in
            word.letter.map { "\($0) (\(word.keyword))" } ?? word.keyword
        }
        return "the mixers are " + words.joined(separator: ", ")
    }
}

extension Vocabulary {
    /// The word with this letter.
    subscript(letter letter: Character) -> MixerWord? {
        words.first { $0.letter == letter }
    }
}
