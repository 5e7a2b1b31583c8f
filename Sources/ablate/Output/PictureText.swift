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

    /// The class of a classified image, or the labelled places of a grid.
    private static func heading(_ labels: [Int32], _ names: [String]) -> String {
        let spoken = labels.enumerated().filter { $0.element >= 0 }.map { place, label in
            let name = names.indices.contains(Int(label)) ? names[Int(label)] : "class \(label)"
            return labels.count == 1 ? name : "\(place): \(name)"
        }
        return spoken.joined(separator: ", ") + "\n"
    }
}
