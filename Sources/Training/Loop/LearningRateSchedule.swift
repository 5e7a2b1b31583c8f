import Experiments

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The learning rate of each step: a linear warm-up, then a cosine in absolute time, as timm computes it.
///
/// ```
/// rate(t) = w + (lr − w)·t/W                          for t < W
///         = m + (lr − m)·(1 + cos(π·t/T))/2           for t ≥ W
/// ```
/// t counts steps from 0, W is the warm-up's length, T all steps, w the first and m the last rate. The warm-up is not
/// taken off the cosine (docs/model.md, Training), so the rate just after it is a little below lr.
public struct LearningRateSchedule: Hashable, Sendable {
    /// W.
    public let warmupSteps: Int
    /// T.
    public let steps: Int
    private let settings: TrainSettings

    public init(_ settings: TrainSettings, stepsPerEpoch: Int) {
        self.settings = settings
        steps = settings.epochs * stepsPerEpoch
        warmupSteps = Int((settings.warmupEpochs * Double(stepsPerEpoch)).rounded())
    }

    /// The rate of step `step`, which counts from 0.
    public func callAsFunction(_ step: Int) -> Double {
        let peak = settings.learningRate
        if step < warmupSteps {
            let start = settings.warmupLearningRate
            return start + (peak - start) * Double(step) / Double(warmupSteps)
        }
        switch settings.schedule {
        case .constant: return peak
        case .cosine:
            let end = settings.minimumLearningRate
            return end + (peak - end) * (1 + cos(.pi * Double(step) / Double(steps))) / 2
        }
    }
}
