extension String {
    /// The text with some of its letters written otherwise: what every kind of escaping does.
    ///
    /// - Parameter replacement: what stands for a letter; nil for the letter itself.
    package func replacingScalars(_ replacement: (Unicode.Scalar) -> String?) -> String {
        var text = ""
        for scalar in unicodeScalars {
            if let other = replacement(scalar) { text += other } else { text.unicodeScalars.append(scalar) }
        }
        return text
    }
}
