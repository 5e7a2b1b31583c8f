import Training

/// Pictures as characters: two characters a pixel, so that squares stay square, from dark to light.
enum PictureText {
    private static let ramp = Array(" .:-=+*#%@")

    static func text(_ picture: Picture, names: [String]) -> String {
        let (size, channels) = (picture.size, picture.size.channels)
        var text = heading(picture.labels, names)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let start = (y * size.width + x) * channels
                let value = picture.bytes[start..<start + channels].reduce(0) { $0 + Int($1) } / channels
                let sign = ramp[value * (ramp.count - 1) / 255]
                text += "\(sign)\(sign)"
            }
            text += "\n"
        }
        return text
    }

    /// The class of a classified image, or the labelled places of a grid; where there are many, the grid itself.
    private static func heading(_ labels: [Int32], _ names: [String]) -> String {
        func name(_ label: Int32) -> String {
            names.indices.contains(Int(label)) ? names[Int(label)] : "class \(label)"
        }
        let spoken = labels.enumerated().filter { $0.element >= 0 }
        guard spoken.count > labels.count / 3, labels.count > 1 else {
            return spoken.map { labels.count == 1 ? name($1) : "\($0): \(name($1))" }.joined(separator: ", ") + "\n"
        }
        let side = Int(Double(labels.count).squareRoot())
        let legend = Set(labels).filter { $0 >= 0 }.sorted().map { "\($0) \(name($0))" }.joined(separator: ", ")
        let rows = stride(from: 0, to: labels.count, by: side).map { start in
            labels[start..<min(start + side, labels.count)].map { $0 < 0 ? "·" : "\($0)" }.joined(separator: " ")
        }
        return legend + "\n" + rows.joined(separator: "\n") + "\n"
    }
}
