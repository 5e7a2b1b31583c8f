import Autograd

let imageOperationCases: [OperationCase] =
    [[2, 4, 6, 3], [1, 5, 7, 2], [3, 1, 1, 4]].flatMap { (shape: Shape) in
        [2, 3].map { windowPartitionCase(shape, $0) }
    }
    + [[2, 4, 6, 3], [1, 5, 7, 2], [3, 1, 1, 4]].flatMap { (shape: Shape) in
        [2, 3].map { windowReverseCase(shape, $0) }
    }
    + [[2, 4, 6, 3], [9, 3, 1, 20], [3, 1, 1, 4], [2, 7, 5]].map { globalAveragePoolCase($0) }
    + [
        upsampleCase([2, 2, 3, 3], 4, 6), upsampleCase([1, 1, 1, 5], 3, 2), upsampleCase([2, 3, 2, 17], 3, 4),
        upsampleCase([3, 2, 2, 2], 2, 2),
    ]

private func windowPartitionCase(_ shape: Shape, _ window: Int) -> OperationCase {
    let places = windowPlaces(shape, window)
    return OperationCase(
        name: "window partition \(shape) by \(window)", inputs: [shape],
        apply: { [windowPartition($0[0], window: window)] },
        twin: { inputs in [places.map { $0.map { inputs[0][$0] } ?? 0 }] })
}

private func windowReverseCase(_ shape: Shape, _ window: Int) -> OperationCase {
    let places = windowPlaces(shape, window)
    let windows = places.count / (window * window * shape[3])
    return OperationCase(
        name: "window reverse \(shape) by \(window)", inputs: [[windows, window * window, shape[3]]],
        apply: { [windowReverse($0[0], window: window, batch: shape[0], height: shape[1], width: shape[2])] },
        twin: { inputs in
            var image = [Double](repeating: .nan, count: shape.count)
            for (index, place) in places.enumerated() { if let place { image[place] = inputs[0][index] } }
            return [image]
        })
}

/// For each number of the windows the place in the image that it is copied from, nil beyond the edge.
private func windowPlaces(_ shape: Shape, _ window: Int) -> [Int?] {
    var places: [Int?] = []
    for image in 0..<shape[0] {
        for top in stride(from: 0, to: shape[1], by: window) {
            for left in stride(from: 0, to: shape[2], by: window) {
                for token in 0..<(window * window) {
                    let (row, column) = (top + token / window, left + token % window)
                    let isInside = row < shape[1] && column < shape[2]
                    for channel in 0..<shape[3] {
                        let place = ((image * shape[1] + row) * shape[2] + column) * shape[3] + channel
                        places.append(isInside ? place : nil)
                    }
                }
            }
        }
    }
    return places
}

private func globalAveragePoolCase(_ shape: Shape) -> OperationCase {
    OperationCase(
        name: "global average pool \(shape)", inputs: [shape], apply: { [globalAveragePool($0[0])] },
        twin: { inputs in
            let (channels, pixels) = (shape.channels, shape.rows / shape[0])
            var y = [Double](repeating: 0, count: shape[0] * channels)
            for (index, value) in inputs[0].enumerated() {
                y[index / (pixels * channels) * channels + index % channels] += value / Double(pixels)
            }
            return [y]
        })
}

private func upsampleCase(_ shape: Shape, _ height: Int, _ width: Int) -> OperationCase {
    OperationCase(
        name: "upsample \(shape) to \(height)×\(width)", inputs: [shape],
        apply: { [upsample($0[0], height: height, width: width)] },
        twin: { inputs in
            var y: [Double] = []
            for image in 0..<shape[0] {
                for row in 0..<height {
                    for column in 0..<width {
                        let (r, c) = (row * shape[1] / height, column * shape[2] / width)
                        let pixel = ((image * shape[1] + r) * shape[2] + c) * shape[3]
                        y += inputs[0][pixel..<(pixel + shape[3])]
                    }
                }
            }
            return [y]
        })
}
