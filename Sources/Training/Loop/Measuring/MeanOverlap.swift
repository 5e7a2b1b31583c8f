/// The mean over images of the intersection over union of the answered and the target places.
package struct MeanOverlap: Hashable {
    private var (intersection, union) = (0, 0)
    private var sum = 0.0
    private var images = 0

    package init() {}

    /// Adds one place of the present image.
    package mutating func add(answer: Bool, target: Bool) {
        intersection += answer && target ? 1 : 0
        union += answer || target ? 1 : 0
    }

    /// Closes the present image. Where neither answer nor target has a place, they agree.
    package mutating func endImage() {
        sum += union > 0 ? Double(intersection) / Double(union) : 1
        images += 1
        (intersection, union) = (0, 0)
    }

    /// Adds images that were measured elsewhere.
    package mutating func add(_ other: MeanOverlap) {
        sum += other.sum
        images += other.images
    }

    /// Nil without an image.
    package var value: Double? { images > 0 ? sum / Double(images) : nil }
}
