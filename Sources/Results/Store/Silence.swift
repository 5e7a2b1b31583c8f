/// How long each holder that cannot be judged from here has given no new sign of life, on this process's own clock: two
/// hosts need not agree on the time of day.
public struct Silence: Sendable {
    private var last: [Int64: (sign: String, since: ContinuousClock.Instant)] = [:]

    public init() {}

    /// Takes in the present signs, by attempt, as ``StoreReader/distantSigns(experiment:)`` gives them.
    public mutating func hear(_ signs: [Int64: String], at now: ContinuousClock.Instant) {
        last = Dictionary(
            uniqueKeysWithValues: signs.map { attempt, sign in
                if let before = last[attempt], before.sign == sign { return (attempt, before) }
                return (attempt, (sign: sign, since: now))
            })
    }

    /// The signs that have been the same for longer than this.
    public func longer(than limit: Duration, at now: ContinuousClock.Instant) -> [Int64: String] {
        last.filter { now - $0.value.since > limit }.mapValues(\.sign)
    }
}
