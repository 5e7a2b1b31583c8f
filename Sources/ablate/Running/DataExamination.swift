import Experiments
import Networks
import Results
import Training

/// What can be found out about the data sets: the packaged one, and those of the experiments in the database.
enum DataExamination {
    /// - Parameter options: nil where the database cannot be read.
    static func findings(_ options: DatabaseOptions?) -> [Finding] {
        var settings: [DatasetSettings] = []
        var others: [Finding] = []
        do {
            guard let reader = try options?.reader() else { return [finding(DatasetSettings(), isUsed: false)] }
            for name in try reader.experimentNames() {
                do {
                    settings += try datasets(of: reader.source(experiment: name), name)
                } catch {
                    others.append(
                        Finding(
                            .note, "data", name,
                            "the stored file of this experiment is not one that this version reads",
                            remedy: "ablate check FILE says why"))
                }
            }
            others += try strangers(reader, among: settings)
        } catch {
            // The database's own examination tells what is wrong with it.
        }
        let packaged = settings.contains { $0.name == DatasetSettings().name } ? [] : [DatasetSettings()]
        var seen: Set<[String?]> = []
        let used = settings.filter { seen.insert([$0.name, $0.path]).inserted }
        return packaged.map { finding($0, isUsed: false) } + used.map { finding($0, isUsed: true) } + others
    }

    /// Finished trials whose data set's files are none of those that are here now.
    private static func strangers(_ reader: StoreReader, among settings: [DatasetSettings]) throws -> [Finding] {
        let present = Set(settings.compactMap(digest))
        let stored = try reader.query(
            "SELECT dataset, dataset_digest, count(*) FROM trial WHERE state = 'done' AND removed_at IS NULL "
                + "AND dataset_digest IS NOT NULL GROUP BY 1, 2")
        return stored.rows.compactMap { row in
            guard case .text(let name) = row[0], case .text(let digest) = row[1], case .integer(let count) = row[2],
                !present.contains(digest)
            else { return nil }
            return Finding(
                .note, "data", name,
                "\(counted(Int(count), "finished trial")) used files with digest \(digest.prefix(12))…, which are not here now",
                remedy: "Their results stay; to verify them or add seeds, put those files back")
        }
    }

    private static func digest(_ settings: DatasetSettings) -> String? {
        do {
            return try Datasets.look(settings).settings.digest
        } catch {
            return nil
        }
    }

    private static func datasets(of source: String, _ name: String) throws -> [DatasetSettings] {
        let (experiment, _) = try ExperimentFile.parse(text: source, file: name, vocabulary: Mixers.vocabulary)
        return experiment.rows.map(\.dataset)
    }

    private static func finding(_ settings: DatasetSettings, isUsed: Bool) -> Finding {
        let subject = settings.path.map { "\(settings.name) in \($0)" } ?? settings.name
        do {
            let facts = try Datasets.look(settings)
            let digest = facts.settings.digest.map { "digest \($0.prefix(12))…" } ?? "drawn, no files"
            return Finding(.good, "data", subject, "as it should be (\(digest))")
        } catch {
            return Finding(isUsed ? .problem : .note, "data", subject, error.message, remedy: error.remedy)
        }
    }
}
