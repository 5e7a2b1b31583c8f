/// How long each holder that cannot be judged from here has given no new sign of life, in this process's own running
/// time: two hosts need not agree on the time of day, and a laptop that slept, or a run that was suspended, has heard
/// nothing because it did not listen.
public struct Silence: Sendable {
    private var last: [Int64: (sign: String, silence: Duration)] = [:]

    public init() {}

    /// Takes in the present signs, by attempt, as ``StoreReader/distantSigns(experiment:)`` gives them.
    ///
    /// - Parameter time: how long was listened since the last call.
    public mutating func hear(_ signs: [Int64: String], after time: Duration) {
        last = Dictionary(
            uniqueKeysWithValues: signs.map { attempt, sign in
                guard let before = last[attempt], before.sign == sign else { return (attempt, (sign, .zero)) }
                return (attempt, (sign, before.silence + time))
            })
    }

    /// The signs that have been the same for longer than this.
    public func longer(than limit: Duration) -> [Int64: String] {
        last.filter { $0.value.silence > limit }.mapValues(\.sign)
    }
}
