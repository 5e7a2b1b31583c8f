/// How fast a run goes: work is counted in trials, and work that cost no time (a resumed epoch, the rest of a trial that
/// failed) does not count as speed.
struct WorkClock: Sendable {
    /// Less work than this is no ground for a forecast.
    static let leastWork = 0.02

    private var work = 0.0

    mutating func add(_ trials: Double, isFree: Bool) {
        if !isFree { work += trials }
    }

    /// The time that so many trials will take.
    func remaining(work rest: Double, at now: Duration) -> Duration? {
        guard work >= Self.leastWork, rest >= 0 else { return nil }
        return now * (rest / work)
    }
}
