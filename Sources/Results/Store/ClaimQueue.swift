/// The trials that a run may take, in the order in which it wants them.
///
/// What has ended is forgotten as it is met, so that taking n trials one after the other costs n look-ups and not n².
public struct ClaimQueue: Sendable {
    /// Met before in the hands of another process, which may leave them.
    private(set) var held: [String] = []
    private(set) var open: ArraySlice<String>

    public init(_ identities: [String]) {
        open = identities[...]
    }

    /// Puts a trial back that was given out and is now in the hands of another process.
    public mutating func putBack(_ identity: String) {
        held.append(identity)
    }

    /// The first trial that `isFree` says may be taken; it is not given out again.
    ///
    /// - Parameter isFree: nil for a trial that has ended, with a result or without, or was removed.
    mutating func next(_ isFree: (String) throws -> Bool?) rethrows -> String? {
        let known = held
        held = []
        for (index, identity) in known.enumerated() {
            switch try isFree(identity) {
            case true?:
                held += known[(index + 1)...]
                return identity
            case false?: held.append(identity)
            case nil: break
            }
        }
        while let identity = open.popFirst() {
            switch try isFree(identity) {
            case true?: return identity
            case false?: held.append(identity)
            case nil: break
            }
        }
        return nil
    }
}
