/// Every operation's cases; a new operation adds its list here.
let operationCases: [OperationCase] =
    addCases
    + linearCases + elementwiseCases
    + convolutionOperationCases + imageOperationCases
    + normCases + sequenceCases
    + attentionCases + softmaxCrossEntropyCases
