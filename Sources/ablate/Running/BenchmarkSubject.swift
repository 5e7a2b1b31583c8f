import Experiments
import Networks
import Training

/// One network and one kind of work that `ablate bench` measures.
struct BenchmarkSubject {
    let name: String
    let plan: NetworkPlan
    let work: BenchmarkWork
    /// Images of a step.
    let batch: Int
    /// What is trained with its data set; nil for random images.
    private var specification: TrialSpecification?

    /// Everything that an argument stands for.
    static func all(_ argument: String, _ options: BenchCommand) throws -> [BenchmarkSubject] {
        if let row = options.row, !ExperimentInput.isFile(argument) {
            throw Refusal(
                "\(argument) has no row \(row): only experiment files have rows", remedy: "Leave --row out")
        }
        let works = options.work.map { [$0] } ?? BenchmarkWork.allCases
        if options.data { return try trials(argument, options) }
        return try plans(argument, options).flatMap { name, plan in
            works.map { BenchmarkSubject(name: name, plan: plan, work: $0, batch: options.batch ?? 128) }
        }
    }

    /// What is to be measured, ready for its first step.
    func benchmark(threads: Int, recomputes: Bool) throws -> any Benchmark {
        if let specification { return try TrialBenchmark(specification, threads: threads, recomputes: recomputes) }
        return try NetworkBenchmark(plan, work, batch: batch, threads: threads, recomputes: recomputes)
    }

    private static func trials(_ path: String, _ options: BenchCommand) throws -> [BenchmarkSubject] {
        guard ExperimentInput.isFile(path) else {
            throw Refusal(
                "--data needs the data set and the training settings of an experiment file, and \(path) is none",
                remedy: "Write one with `ablate new NAME > NAME.yaml`, or leave --data out")
        }
        return try ExperimentInput(path: path).rows(called: options.row).map { prepared in
            var specification = prepared.row.trial(seed: 0)
            if let batch = options.batch { specification.train.batch = batch }
            return BenchmarkSubject(
                name: prepared.row.name, plan: prepared.plan, work: .training,
                batch: min(specification.train.batch, prepared.trainExamples), specification: specification)
        }
    }

    private static func plans(
        _ argument: String, _ options: BenchCommand
    ) throws -> [(name: String, plan: NetworkPlan)] {
        let network = options.network
        if let variant = Variant.named(argument) { return [(variant.name, try network.plan(variant))] }
        guard ExperimentInput.isFile(argument) else {
            let layout = try LayoutParser(vocabulary: Mixers.vocabulary).layout(argument)
            return [(argument, try network.plan(layout))]
        }
        return try ExperimentInput(path: argument).rows(called: options.row).map { row in
            let plan = row.plan
            return (
                row.row.name,
                try NetworkPlan(
                    plan.layout, plan.settings, input: network.input?.shape ?? plan.input,
                    task: network.classes.map { .classification(classes: $0) } ?? plan.task, dropPath: plan.dropPath)
            )
        }
    }

    /// Multiply–accumulates of one image's forward pass.
    func multiplyAccumulates() throws -> Int { try NetworkCensus(plan).multiplyAccumulates }
}
