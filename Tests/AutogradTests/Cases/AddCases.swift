import Autograd

let addCases = [
    OperationCase(
        name: "add", inputs: [[2, 5, 3], [2, 5, 3]], apply: { [$0[0] + $0[1]] },
        twin: { inputs in [zip(inputs[0], inputs[1]).map { $0 + $1 }] }),
    OperationCase(
        name: "add the same tensor", inputs: [[7]], apply: { [$0[0] + $0[0]] },
        twin: { inputs in [inputs[0].map { 2 * $0 }] }),
]
