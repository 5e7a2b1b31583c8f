import GRDB

extension StoreReader {
    /// Looks at everything in the database that a defect of the disk, of this program or of another one could have
    /// spoilt. Reads the whole file.
    public func examine() throws -> [Finding] {
        try read { database in
            var findings = [try integrity(database), try references(database)]
            // What the tables say is not worth reading where the pages they are on are damaged.
            guard findings.allSatisfy({ $0.level != .problem }) else { return findings }
            findings += [try holders(database), try results(database), try gradients(database)]
            findings += try leftovers(database)
            return findings
        }
    }

    private func integrity(_ database: Database) throws -> Finding {
        let answers = try String.fetchAll(database, sql: "PRAGMA integrity_check(100000)")
        let defects = try answers.filter { try $0 != "ok" && !isFalseAlarm($0, database) }
        return defects.isEmpty
            ? finding(.good, "integrity", "every page, row and index is as it should be")
            : finding(
                .problem, "integrity", "SQLite's check says: \(defects.prefix(5).joined(separator: "; "))",
                remedy: StoreError.restore)
    }

    /// SQLite 3.40 looks at the wrong column of a table whose primary key is not its first columns, and calls it null.
    private func isFalseAlarm(_ answer: String, _ database: Database) throws -> Bool {
        guard let match = answer.wholeMatch(of: /NULL value in (\w+)\.(\w+)/) else { return false }
        return try Bool.fetchOne(
            database, sql: "SELECT NOT EXISTS (SELECT 1 FROM \"\(match.1)\" WHERE \"\(match.2)\" IS NULL)") ?? false
    }

    private func references(_ database: Database) throws -> Finding {
        let tables = try String.fetchAll(database, sql: "SELECT DISTINCT \"table\" FROM pragma_foreign_key_check")
        return tables.isEmpty
            ? finding(.good, "references", "every row that another row names is there")
            : finding(
                .problem, "references", "rows of \(tables.joined(separator: ", ")) name rows that are not there",
                remedy: StoreError.restore)
    }

    private func holders(_ database: Database) throws -> Finding {
        let here = Lease.current()
        let held = try HeldAttempt.all(database)
        let dead = held.filter { $0.lease.isDead(seenFrom: here) }
        let distant = held.filter { $0.lease.life(seenFrom: here) == .unknown }
        let orphans = try count(
            "trial WHERE state = 'running' AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.trial = "
                + "trial.identity AND a.state = 'running')", database)
        guard orphans == 0 else {
            return finding(
                .problem, "holders", "\(some(orphans, "trial")) called running, but no attempt of it is",
                remedy: StoreError.restore)
        }
        guard dead.isEmpty else {
            return finding(
                .note, "holders",
                "\(some(dead.count, "attempt")) called running, but the process is gone; in a copy that was made during a run "
                    + "that is as it was then",
                remedy: "ablate run FILE takes the trials up again; ablate status shows them as lost already")
        }
        guard distant.isEmpty else {
            let hosts = Set(distant.map(\.lease.host)).sorted().joined(separator: ", ")
            return finding(
                .note, "holders", "\(some(distant.count, "attempt")) held on \(hosts), which cannot be seen from here",
                remedy: "If nothing runs there, ablate run FILE here takes them over after two minutes of silence")
        }
        return finding(
            .good, "holders",
            held.isEmpty ? "no attempt is running" : "\(some(held.count, "attempt")) running, all by living processes")
    }

    private func results(_ database: Database) throws -> Finding {
        let bad = try count(
            """
            trial t WHERE t.state = 'done' AND NOT EXISTS (
                SELECT 1 FROM attempt a JOIN result r ON r.attempt = a.id
                WHERE a.id = t.selected_attempt AND a.trial = t.identity AND a.state = 'done'
                    AND a.weights_digest IS NOT NULL)
            """, database)
        return bad == 0
            ? finding(.good, "results", "every finished trial has a finished attempt with results and a digest")
            : finding(
                .problem, "results", "\(bad) trials are called done, but have no result",
                remedy: "Remove them and run again: SELECT identity FROM trial WHERE state = 'done', ablate remove")
    }

    private func gradients(_ database: Database) throws -> Finding {
        let unchecked = "trial t JOIN attempt a ON a.id = t.selected_attempt WHERE t.state = 'done'"
        let silent = try count(unchecked + " AND a.checked_gradients IS NULL", database)
        let empty = try count(unchecked + " AND a.checked_gradients = 0", database)
        guard empty == 0 else {
            return finding(
                .problem, "gradients", "\(empty) finished trials trained no parameter",
                remedy: "Remove them: SELECT trial FROM attempt WHERE checked_gradients = 0, ablate remove")
        }
        return silent == 0
            ? finding(.good, "gradients", "in every finished trial each parameter was seen to get a gradient")
            : finding(
                .note, "gradients",
                "of \(silent) finished trials it is not recorded that each parameter got a gradient (schema 1 did not)",
                remedy: "ablate verify TRIAL trains one again and compares every bit")
    }

    /// What could be cleaned away, and repetitions that did not give the same bits.
    private func leftovers(_ database: Database) throws -> [Finding] {
        var findings: [Finding] = []
        let removed = try count("trial WHERE removed_at IS NOT NULL", database)
        if removed > 0 {
            findings.append(
                finding(
                    .note, "removed", "\(removed) removed \(removed == 1 ? "trial is" : "trials are") kept",
                    remedy: "ablate restore brings them back, ablate gc --apply deletes them"))
        }
        let different = try String.fetchAll(
            database,
            sql: """
                SELECT substr(v.trial, 1, 10) FROM verification v JOIN trial t ON t.identity = v.trial
                WHERE v.id = (SELECT max(id) FROM verification WHERE trial = v.trial) AND v.is_equal = 0
                    AND t.removed_at IS NULL AND t.selected_attempt = v.attempt
                """)
        if !different.isEmpty {
            findings.append(
                finding(
                    .problem, "verification",
                    "\(different.count) trials did not give the same bits again: "
                        + different.prefix(5).joined(separator: ", "),
                    remedy: "Compare processor and version in table verification with those of the attempt"))
        }
        return findings
    }

    /// `1 attempt is`, `2 attempts are`.
    private func some(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? " is" : "s are")"
    }

    private func count(_ relation: String, _ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \(relation)") ?? 0
    }

    private func finding(_ level: Finding.Level, _ subject: String, _ text: String, remedy: String? = nil) -> Finding {
        Finding(level, "database", subject, text, remedy: remedy)
    }
}
