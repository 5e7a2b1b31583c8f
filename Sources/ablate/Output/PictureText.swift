import Results
import Training

/// Pictures as characters, no wider than the terminal: with colours two pixels a character, else dark and light signs.
struct PictureText {
    private static let ramp = Array(" .:-=+*#%@")

    /// Columns of the terminal; nil for no limit.
    private let width: Int?
    private let hasColour: Bool

    init(_ console: Console) {
        self.init(width: console.isTerminal ? console.width : nil, hasColour: console.hasColour)
    }

    init(width: Int?, hasColour: Bool) {
        self.width = width
        self.hasColour = hasColour
    }

    /// The picture below its labels.
    func text(_ picture: Picture, names: [String]) -> String {
        heading(picture.labels, names).map { $0 + "\n" }.joined() + (hasColour ? blocks(picture) : signs(picture))
    }

    /// Two signs a pixel, so that squares stay square; where that is too wide, one for a square's upper and lower half.
    private func signs(_ picture: Picture) -> String {
        let size = picture.size
        let fits = width.map { 2 * size.width <= $0 } ?? true
        let step = fits ? 1 : scale(size)
        return rows(size, step: fits ? 1 : 2 * step) { y in
            stride(from: 0, to: size.width, by: step).map { x in
                let colour = PictureText.mean(picture, x, y, width: step, height: fits ? 1 : 2 * step)
                let value = colour.reduce(0, +) / colour.count
                let sign = PictureText.ramp[value * (PictureText.ramp.count - 1) / 255]
                return fits ? "\(sign)\(sign)" : "\(sign)"
            }.joined()
        }
    }

    /// The upper pixel as the colour of a half block, the lower one as the colour behind it.
    private func blocks(_ picture: Picture) -> String {
        let size = picture.size
        let step = scale(size)
        return rows(size, step: 2 * step) { y in
            stride(from: 0, to: size.width, by: step).map { x in
                let upper = PictureText.code(PictureText.mean(picture, x, y, width: step, height: step))
                let lower = y + step
                guard lower < size.height else { return "\u{1b}[38;5;\(upper)m▀" }
                let below = PictureText.code(PictureText.mean(picture, x, lower, width: step, height: step))
                return "\u{1b}[38;5;\(upper);48;5;\(below)m▀"
            }.joined() + "\u{1b}[0m"
        }
    }

    private func rows(_ size: ImageSize, step: Int, _ line: (Int) -> String) -> String {
        stride(from: 0, to: size.height, by: step).map { line($0) + "\n" }.joined()
    }

    /// How many pixels each way are one.
    private func scale(_ size: ImageSize) -> Int {
        width.map { max(1, (size.width + $0 - 1) / max(1, $0)) } ?? 1
    }

    /// The mean of each channel over a rectangle, as much of it as the picture has.
    private static func mean(_ picture: Picture, _ x: Int, _ y: Int, width: Int, height: Int) -> [Int] {
        let size = picture.size
        var sums = [Int](repeating: 0, count: size.channels)
        let (rows, columns) = (y..<min(y + height, size.height), x..<min(x + width, size.width))
        for row in rows {
            for column in columns {
                for channel in sums.indices {
                    sums[channel] += Int(picture.bytes[(row * size.width + column) * size.channels + channel])
                }
            }
        }
        return sums.map { $0 / (rows.count * columns.count) }
    }

    /// The nearest of a terminal's 256 colours: 24 greys, or a cube of 6 × 6 × 6.
    private static func code(_ colour: [Int]) -> Int {
        guard colour.count == 3, Set(colour).count > 1 else { return 232 + colour[0] * 23 / 255 }
        let steps = colour.map { ($0 * 5 + 127) / 255 }
        return 16 + 36 * steps[0] + 6 * steps[1] + steps[2]
    }

    /// The class of a classified image, or the labelled cells of a grid; where there are many, the grid itself.
    private func heading(_ labels: [Int32], _ names: [String]) -> [String] {
        func name(_ label: Int32) -> String {
            names.indices.contains(Int(label)) ? names[Int(label)] : "class \(label)"
        }
        func wrapped(_ text: String) -> [String] { width.map { VisibleText.wrap(text, to: $0) } ?? [text] }
        let spoken = labels.enumerated().filter { $0.element >= 0 }
        if labels.count == 1 { return wrapped(spoken.map { name($1) }.joined()) }
        let side = Int(Double(labels.count).squareRoot())
        guard spoken.count > labels.count / 3 else {
            let cells = spoken.map { "\($0) \(name($1))" }.joined(separator: ", ")
            return wrapped("labels by cell, from 0 in rows of \(side): \(cells)")
        }
        let legend = Set(labels).filter { $0 >= 0 }.sorted().map { "\($0) \(name($0))" }.joined(separator: ", ")
        let grid = stride(from: 0, to: labels.count, by: side).map { start in
            labels[start..<min(start + side, labels.count)].map { $0 < 0 ? "·" : "\($0)" }.joined(separator: " ")
        }
        return wrapped(legend) + grid
    }
}
