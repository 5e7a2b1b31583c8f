import Experiments

import Results

extension Store {
    /// The next trial of an experiment, in the order of `status`.
    func claim(experiment: String, lease: Lease = .current()) throws -> Assignment? {
        try claim(anyOf: try reader.status(experiment: experiment).map(\.identity), lease: lease)
    }

    /// This trial; nil where it is done, failed, removed, unknown or held by another.
    func claim(trial identity: String, lease: Lease = .current()) throws -> Assignment? {
        try claim(anyOf: [identity], lease: lease)
    }

    private func claim(anyOf identities: [String], lease: Lease) throws -> Assignment? {
        var queue = ClaimQueue(identities)
        return try claim(from: &queue, lease: lease)
    }
}
