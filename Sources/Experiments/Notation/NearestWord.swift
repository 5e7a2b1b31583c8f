/// The candidate that a misspelt word most likely means, or nil where none is near.
///
/// Nearness is the number of letters to insert, delete, replace or swap with a neighbour (Damerau 1964); at most a third
/// of the word may differ. Of equally near candidates the first is taken. Case counts as a small difference.
public func nearestWord(to word: String, in candidates: some Sequence<String>) -> String? {
    guard word.count <= 64 else { return nil }
    let letters = Array(word.lowercased())
    let allowed = max(1, letters.count / 3)
    var best: (distance: Int, word: String)?
    for candidate in candidates where abs(candidate.count - letters.count) <= allowed {
        let distance = editDistance(letters, Array(candidate.lowercased()))
        if distance <= allowed, distance < max(letters.count, candidate.count), distance < best?.distance ?? .max {
            best = (distance, candidate)
        }
    }
    return best?.word
}

/// The restricted Damerau–Levenshtein distance.
func editDistance(_ first: [Character], _ second: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for i in first.indices {
        var row = [i + 1]
        for j in second.indices {
            let replaced = last[j] + (first[i] == second[j] ? 0 : 1)
            var distance = min(replaced, last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
                distance = min(distance, beforeLast[j - 1] + 1)
            }
            row.append(distance)
        }
        beforeLast = last
        last = row
    }
    return last[second.count]
}
