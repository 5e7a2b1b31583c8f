import Experiments

/// A command can't do what it was asked to: what, where, and what to do.
struct Refusal: Explained {
    /// What is wrong and where, a sentence without a full stop.
    var message: String
    /// What to do about it, a sentence without a full stop.
    var remedy: String

    var advice: String? { remedy }

    init(_ message: String, remedy: String) {
        self.message = message
        self.remedy = remedy
    }
}
