/// Which trials to print, which of their columns, in which order, and whether each alone or in groups.
public struct ResultQuery: Hashable, Sendable {
    /// Nil for all experiments.
    public var experiment: String?
    /// All of them must hold.
    public var conditions: [Condition]
    /// Nil for the usual ones. In groups: the columns of which a mean is taken.
    public var columns: [String]?
    /// Columns to sort by; a minus sign before the name for the highest first.
    public var sort: [String]
    /// The columns whose values make a group; none for one line a trial.
    public var groups: [String]
    /// The most lines.
    public var limit: Int?

    public init(
        experiment: String? = nil, conditions: [Condition] = [], columns: [String]? = nil, sort: [String] = [],
        groups: [String] = [], limit: Int? = nil
    ) {
        self.experiment = experiment
        self.conditions = conditions
        self.columns = columns
        self.sort = sort
        self.groups = groups
        self.limit = limit
    }

    /// The columns that may be asked for, with their meaning; settings by their path may be asked for too.
    public static let availableColumns = SchemaReference.views[0].columns

    static let usualColumns = [
        "experiment", "row", "seed", "state", "value", "metric", "selected_epoch", "parameters", "wall_seconds",
        "layout", "reason",
    ]

    /// A column to sort by.
    struct Order: Hashable {
        let name: String
        let isDescending: Bool

        init(_ text: String) {
            isDescending = text.hasPrefix("-")
            name = isDescending ? String(text.dropFirst()) : text
        }
    }
}
