import Autograd
import Experiments
import Networks
import Randomness

/// One trial in the making: its data, its network, its optimizer, and how far it has come.
final class TrainingSession {
    let specification: TrialSpecification
    let dataset: any Dataset
    let loader: BatchLoader
    let network: Backbone
    let parallel: Parallel
    /// Whether blocks run again in backward.
    let recomputes: Bool
    let pool = BufferPool()
    let optimizer: any Optimizer
    let average: WeightAverage?
    /// What is kept where the best epoch on validation is selected; nil where the last one is.
    var best: WeightsCopy?
    let schedule: LearningRateSchedule
    let feed: BatchFeed
    /// Images of a training step.
    let examplesOfStep: Int
    let stepsPerEpoch: Int
    /// The reports of the epochs that are done.
    var reports: [EpochReport] = []
    /// Seconds that earlier attempts have worked on the trial.
    var earlierSeconds = 0.0
    /// The pool's peak in bytes over one training step.
    var activationBytes = 0
    var trainingSpeed: SpeedMeter
    var inferenceSpeed: SpeedMeter
    let randomness: RandomKey
    let stopwatch = Stopwatch()
    /// Measures the parts of a step, where set.
    var profile: Profile?

    /// Reads the data and builds the network with its first values.
    ///
    /// - Throws: `Failure` where the data or the network can't be had.
    init(_ specification: TrialSpecification, threads: Int, recomputes: Bool = false) throws(Failure) {
        let train = specification.train
        do {
            dataset = try Datasets.load(specification.dataset)
            let augmentation = try Augmentation(
                train, task: dataset.task, image: dataset.image, seed: specification.seed)
            loader = BatchLoader(dataset: dataset, augmentation: augmentation)
        } catch {
            throw Failure(.data, error.description)
        }
        if train.selection == .bestValidation, dataset.count(.validation) == 0 {
            throw Failure(.data, "the best epoch on validation is asked for, but there are no validation examples")
        }
        var specification = specification
        specification.dataset = dataset.settings
        self.specification = specification
        network = try TrainingSession.network(specification, dataset)
        let seed = UInt64(bitPattern: Int64(specification.seed))
        network.store.materialize(seed: seed)
        randomness = RandomKey(seed: seed)
        parallel = Parallel(threads: threads)
        self.recomputes = recomputes
        let examples = min(train.batch, dataset.count(.train))
        examplesOfStep = examples
        stepsPerEpoch = dataset.count(.train) / examples
        feed = BatchFeed(loader, seed: specification.seed, capacity: examples, stepsPerEpoch: stepsPerEpoch)
        schedule = LearningRateSchedule(train, stepsPerEpoch: stepsPerEpoch)
        optimizer = TrainingSession.optimizer(train, network.store)
        average = train.averageDecay.map { [network] in WeightAverage(of: network.store, decay: $0) }
        best = train.selection == .bestValidation ? WeightsCopy(of: network.store) : nil
        trainingSpeed = SpeedMeter(imagesPerPiece: examples)
        inferenceSpeed = SpeedMeter(imagesPerPiece: examples)
    }

    /// The batch that the session is working on.
    var batch: Batch { feed.batch }

    /// How many epochs are done.
    var epoch: Int { reports.count }

    private static func network(_ specification: TrialSpecification, _ dataset: any Dataset) throws(Failure) -> Backbone
    {
        let layout: Layout
        do {
            layout = try LayoutParser(vocabulary: Mixers.vocabulary).layout(specification.layout)
        } catch {
            throw Failure(.network, error.all.map(\.message).joined(separator: "; "))
        }
        do {
            return try Backbone(
                NetworkPlan(
                    layout, specification.backbone, input: ImageShape(dataset.image), task: dataset.task.network,
                    dropPath: specification.train.dropPath))
        } catch {
            throw Failure(.network, error.description)
        }
    }

    private static func optimizer(_ train: TrainSettings, _ store: ParameterStore) -> any Optimizer {
        switch train.optimizer {
        case .adamw:
            AdamW(
                store, beta1: train.beta1, beta2: train.beta2, epsilon: train.epsilon, weightDecay: train.weightDecay)
        case .lamb:
            Lamb(
                store, beta1: train.beta1, beta2: train.beta2, epsilon: train.epsilon, weightDecay: train.weightDecay)
        }
    }
}

extension ImageShape {
    /// The size of a data set's images in the network's words.
    public init(_ size: ImageSize) {
        self.init(height: size.height, width: size.width, channels: size.channels)
    }
}

extension DataTask {
    /// The same in the network's words.
    public var network: Networks.Task {
        switch self {
        case .classification(let classes): .classification(classes: classes)
        case .dense(let classes, let rows, let columns): .dense(classes: classes, height: rows, width: columns)
        }
    }
}
