/// The mean over images of the intersection over union of the answered and the target places.
///
/// A place is answered where its probability of being the target's is above 1/4. The threshold that is best for an
/// expected overlap lies below 1/2 where one is unsure: a network that sees all but the cue knows 1/3 at every garment; it
/// is given its 1/3 of overlap so, and 0 at a threshold of 1/2.
package struct MeanOverlap: Hashable {
    /// The difference of the logits of classes 1 and 0 at a probability of 1/4: ln((1/4)/(3/4)).
    package static let threshold: Float = -1.0986123

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
