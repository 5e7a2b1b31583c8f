import GRDB

extension StoreReader {
    /// Every trial of an experiment, each once, in the order in which they run. What the database calls running is
    /// checked against the processes of this host.
    public func status(experiment name: String) throws -> [TrialStatus] {
        try read { database in
            let experiment = try experiment(name, database)
            let here = Lease.current()
            let rows = try Row.fetchCursor(database, sql: StoreReader.statusQuery, arguments: [experiment])
            var statuses: [TrialStatus] = []
            var places: [String: Int] = [:]
            while let row = try rows.next() {
                let identity: String = try row.value("identity")
                if let place = places[identity] {
                    statuses[place].rows.append(try row.value("name"))
                } else {
                    places[identity] = statuses.count
                    statuses.append(try StoreReader.status(row, here))
                }
            }
            return statuses
        }
    }

    /// The states of the trials that the database knows among these, as it has them; identities that it does not know
    /// or that were removed are left out.
    public func states(of identities: [String]) throws -> [String: TrialState] {
        try read { database in
            let statement = try database.makeStatement(
                sql: "SELECT state FROM trial WHERE identity = ? AND removed_at IS NULL")
            var states: [String: TrialState] = [:]
            for identity in identities {
                if let row = try Row.fetchOne(statement, arguments: [identity]) {
                    states[identity] = try row.word("state")
                }
            }
            return states
        }
    }

    private static let statusQuery = """
        SELECT r.name, r.layout, rt.seed, t.identity, t.state, t.epochs, a.reason, a.message, a.number, a.step, a.steps,
            a.state AS attempt_state, a.seen_at, a.lease_host, a.lease_pid, a.lease_start, a.lease_boot, a.wall_seconds,
            (SELECT max(epoch) FROM epoch WHERE attempt = a.id) AS epoch, v.value
        FROM experiment e
        JOIN experiment_row r ON r.experiment = e.id AND r.removed_at IS NULL
        JOIN row_trial rt ON rt.row = r.id
        JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
        LEFT JOIN experiment_seed s ON s.experiment = e.id AND s.seed = rt.seed
        LEFT JOIN attempt a ON a.trial = t.identity
            AND a.number = (SELECT max(number) FROM attempt WHERE trial = t.identity AND removed_at IS NULL)
        LEFT JOIN result v ON v.attempt = t.selected_attempt AND v.split = 'test' AND v.name = e.metric
            AND v.part = e.metric_part
        WHERE e.id = ?
        ORDER BY s.position NULLS LAST, rt.seed, r.position
        """

    private static func status(_ row: Row, _ here: Lease) throws -> TrialStatus {
        var status = try TrialStatus(
            rows: [row.value("name")], layout: row.value("layout"), seed: row.value("seed"),
            identity: row.value("identity"), state: row.word("state"),
            reason: row.value("reason"), message: row.value("message"), attempts: row.value("number") ?? 0,
            epoch: row.value("epoch") ?? 0, epochs: row.value("epochs"), step: row.value("step"),
            steps: row.value("steps"), holder: nil, wallSeconds: row.seconds("wall_seconds"), value: row.value("value"))
        if status.state == .running {
            let lease = try Lease(
                host: row.value("lease_host"), processIdentifier: row.value("lease_pid"),
                processStart: row.value("lease_start"), boot: row.value("lease_boot"))
            status.holder = lease
            status.seenAt = try row.value("seen_at")
            if lease.isDead(seenFrom: here) {
                status.state = .lost
                status.reason = "lost"
                status.message = lease.endWithoutAWord
            }
        }
        return status
    }
}
