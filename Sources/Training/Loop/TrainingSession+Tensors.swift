import Autograd
import Experiments

extension TrainingSession {
    /// The batch's images as the network's input, where they are.
    func input(on tape: Tape) -> Tensor {
        let size = dataset.image
        return tape.input([batch.count, size.height, size.width, size.channels], viewing: batch.images)
    }

    /// The mean cross-entropy over the places of the batch that have a label.   one number
    func crossEntropy(_ logits: Tensor) -> Tensor {
        guard let tape = logits.tape else { preconditionFailure("the logits are on no tape") }
        let (places, classes) = (dataset.task.labelsPerExample, dataset.task.classes)
        let rows = batch.count * places
        return softmaxCrossEntropy(
            logits.reshaped([rows, classes]), targets: tensor(batch.targets, [rows, classes], on: tape),
            weights: places > 1 ? tensor(batch.weights, [rows], on: tape) : nil)
    }

    /// How many labelled places have their highest logit where their highest target is.
    func correctAnswers(_ logits: Tensor) -> Int {
        let classes = dataset.task.classes
        var correct = 0
        for place in 0..<batch.count * dataset.task.labelsPerExample where batch.labels[place] >= 0 {
            let answer = highest(UnsafeBufferPointer(start: logits.pointer + place * classes, count: classes))
            let target = UnsafeBufferPointer(rebasing: batch.targets[place * classes..<(place + 1) * classes])
            correct += answer == highest(target) ? 1 : 0
        }
        return correct
    }

    private func tensor(_ source: UnsafeMutableBufferPointer<Float>, _ shape: Shape, on tape: Tape) -> Tensor {
        let tensor = tape.input(shape)
        if let first = source.baseAddress {
            tensor.pointer.update(from: first, count: shape.count)
        }
        return tensor
    }
}
