import Networks
import Training

/// A network that the command line or a file of weights names.
struct NamedNetwork {
    let plan: NetworkPlan
    /// The published network that it is.
    var variant: Variant?
    /// How the data set of the experiment's row, if it is one, makes numbers of pictures.
    var normalization: PixelNormalization?
}
