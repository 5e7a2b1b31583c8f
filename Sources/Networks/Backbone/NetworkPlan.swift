import Experiments

/// What the network reads.
public struct ImageShape: Hashable, Sendable {
    public var height: Int
    public var width: Int
    public var channels: Int

    public init(height: Int, width: Int, channels: Int) {
        self.height = height
        self.width = width
        self.channels = channels
    }
}

/// What the network answers.
public enum Task: Hashable, Sendable {
    /// One of `classes` for each image.
    case classification(classes: Int)
    /// One of `classes` for each cell of a grid of labels.
    case dense(classes: Int, height: Int, width: Int)
}

/// Why a network can't be built: what, and what to do.
public struct NetworkError: Explained, Hashable, Sendable {
    public let message: String
    public let remedy: String

    public var advice: String? { remedy }
}

/// A network's shape, checked and complete: everything that building it needs, with every default decided.
public struct NetworkPlan: Sendable {
    /// One stage's width, map and defaults.
    public struct Stage: Sendable {
        public let width: Int
        /// The map's height and width in tokens or pixels.
        public let height: Int
        public let mapWidth: Int
        public let heads: Int
        /// The window's side; 0 for the whole map.
        public let window: Int
        public let blocks: [Block]

        package init(width: Int, height: Int, mapWidth: Int, heads: Int, window: Int, blocks: [Block]) {
            self.width = width
            self.height = height
            self.mapWidth = mapWidth
            self.heads = heads
            self.window = window
            self.blocks = blocks
        }
    }

    public let layout: Layout
    public let settings: BackboneSettings
    public let input: ImageShape
    public let task: Task
    public let dropPath: Double
    public let stages: [Stage]

    /// Checks a layout with its settings against an input and a task.
    public init(
        _ layout: Layout, _ settings: BackboneSettings, input: ImageShape, task: Task, dropPath: Double = 0
    ) throws(NetworkError) {
        self.layout = layout
        self.settings = settings
        self.input = input
        self.task = task
        self.dropPath = dropPath
        stages = try NetworkPlan.stages(layout, settings, input)
        for (index, stage) in stages.enumerated() {
            for block in stage.blocks {
                try NetworkPlan.check(block, stage, index)
            }
        }
        if case .dense = task {
            _ = try denseStages()
        }
    }

    /// The stages that a dense head reads: those whose maps are the label grid or a whole fraction of it.
    func denseStages() throws(NetworkError) -> [Int] {
        guard case .dense(_, let height, let width) = task else { return [] }
        let used = stages.indices.filter { index in
            let stage = stages[index]
            return stage.height <= height && stage.mapWidth <= width && height % stage.height == 0
                && width % stage.mapWidth == 0
        }
        guard !used.isEmpty else {
            let maps = stages.map { "\($0.height)×\($0.mapWidth)" }.joined(separator: ", ")
            throw NetworkError(
                message: "no stage's map (\(maps)) fits the \(height)×\(width) grid of labels",
                remedy: "choose stem strides or stages so that a map is \(height)×\(width) or a whole fraction of it")
        }
        return used
    }

    private static func stages(
        _ layout: Layout, _ settings: BackboneSettings, _ input: ImageShape
    ) throws(NetworkError) -> [Stage] {
        let count = layout.stages.count
        for (name, list) in [("heads", settings.heads), ("windows", settings.windows)] {
            if let list, list.count != count {
                throw NetworkError(
                    message: "backbone.\(name) has \(list.count) numbers, but the layout has \(count) stages",
                    remedy: "give one number for each stage")
            }
        }
        var height = input.height
        var width = input.width
        for stride in settings.stem.strides {
            height = (height + stride - 1) / stride
            width = (width + stride - 1) / stride
        }
        var stages: [Stage] = []
        for (index, stage) in layout.stages.enumerated() {
            if index > 0 {
                height = (height + 1) / 2
                width = (width + 1) / 2
            }
            let channels = settings.width << index
            stages.append(
                Stage(
                    width: channels, height: height, mapWidth: width,
                    heads: settings.heads?[index] ?? max(1, channels / settings.headWidth),
                    window: settings.windows?[index] ?? 0, blocks: stage.blocks))
        }
        return stages
    }

    private static func check(_ block: Block, _ stage: Stage, _ index: Int) throws(NetworkError) {
        guard block.mixer != ConvBlock.word.keyword else { return }
        guard let mixer = Mixers[block.mixer] else {
            throw NetworkError(
                message: "stage \(index + 1) has a block \"\(block.mixer)\", which is no mixer",
                remedy: "use one of " + Mixers.vocabulary.words.map(\.keyword).joined(separator: ", "))
        }
        try mixer.check(MixerOptions(block, of: mixer.word), width: stage.width, heads: stage.heads, stage: index + 1)
    }
}
