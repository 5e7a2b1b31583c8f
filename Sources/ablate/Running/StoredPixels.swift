import Results
import Training

/// How the pictures of a stored trial were normalised, as its data set says.
enum StoredPixels {
    static func of(_ trial: StoredTrial) -> TrialDetails.Pixels {
        do {
            let facts = try Datasets.look(StoredInput.specification(of: trial).dataset)
            return .normalized(mean: facts.normalization.mean, deviation: facts.normalization.deviation)
        } catch let error as Refusal {
            return .unknown(error.message)
        } catch let error as DataError {
            return .unknown(error.message)
        } catch {
            return .unknown("\(error)")
        }
    }
}
