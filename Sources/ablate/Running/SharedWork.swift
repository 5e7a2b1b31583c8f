import Foundation
import Results

/// The trials of a run that other processes have in hand.
struct SharedWork {
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
        var distant = DistantHolders(store, experiment: experiment)
        while !isStopping() {
            if try await distant.listen() > 0 { return true }
            let now = try held()
            if now.map(\.attempt) != before.map(\.attempt) || now.contains(where: \.isDead) { return true }
        }
        return false
    }
}
