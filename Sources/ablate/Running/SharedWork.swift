import Foundation
import Results

/// The trials of a run that other processes have in hand.
struct SharedWork {
    /// How long a holder that cannot be judged from here may be silent before its trial is taken over. A process that
    /// runs gives a sign of life every few seconds.
    static let allowedSilence = Duration.seconds(120)
    private static let tick = Duration.milliseconds(500)

    let store: Store
    let experiment: String
    /// The trials that this run is about.
    let trials: Set<String>

    /// What other processes hold now.
    func held() throws -> [HeldTrial] {
        try store.reader.heldTrials(experiment: experiment).filter { trials.contains($0.identity) }
    }

    /// Waits until something that another process holds may be free to be taken.
    ///
    /// - Returns: false where nobody holds anything any more, or `isStopping` says so.
    func waitForNews(_ isStopping: () -> Bool) async throws -> Bool {
        let before = try held()
        guard !before.isEmpty else { return false }
        var silence = Silence()
        while !isStopping() {
            try await Task.sleep(for: SharedWork.tick)
            let now = try held()
            if now.map(\.attempt) != before.map(\.attempt) || now.contains(where: \.isDead) { return true }
            silence.hear(try store.reader.distantSigns(experiment: experiment), at: .now)
            let silent = silence.longer(than: SharedWork.allowedSilence, at: .now)
            if !silent.isEmpty, try store.markLost(silentSince: silent) > 0 { return true }
        }
        return false
    }
}
