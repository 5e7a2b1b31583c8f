import Results

/// The processes that hold trials of an experiment and can't be judged from here: those on other hosts and in other
/// containers. Only their signs of life tell whether they live.
struct DistantHolders {
    /// How long a holder may be silent before its trials are taken over. A process that runs gives a sign of life every
    /// few seconds.
    static let allowedSilence = Duration.seconds(120)
    static let tick = Duration.milliseconds(500)

    let store: Store
    let experiment: String
    private var silence = Silence()
    private var first: [Int64: String]?

    init(_ store: Store, experiment: String) {
        self.store = store
        self.experiment = experiment
    }

    /// Listens for a moment; the trials of a holder that has been silent for too long are marked lost.
    ///
    /// - Returns: how many there were.
    mutating func listen() async throws -> Int {
        try await Task.sleep(for: DistantHolders.tick)
        let signs = try store.reader.distantSigns(experiment: experiment)
        first = first ?? signs
        silence.hear(signs, after: DistantHolders.tick)
        let silent = silence.longer(than: DistantHolders.allowedSilence)
        return silent.isEmpty ? 0 : try store.markLost(silentSince: silent)
    }

    /// Whether one of them has given a sign of life since the listening began.
    func isHeard() throws -> Bool {
        let signs = try store.reader.distantSigns(experiment: experiment)
        return signs.contains { attempt, sign in first?[attempt].map { $0 != sign } ?? false }
    }
}
