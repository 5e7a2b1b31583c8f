/// One entry of `layouts:` before sweeps are expanded.
struct RowDraft {
    let name: String
    let place: Diagnostic.Place
    let layout: FileNode
    let template: LayoutTemplate
    var settings: SettingsDraft
    /// The settings that this entry gave itself.
    var own: Set<String> = []
}

/// Settings, and where in the file each of them was written.
struct SettingsDraft {
    var settings = TrialSettings()
    var places: [String: Diagnostic.Place] = [:]
}

/// One axis of the sweep.
struct SweepAxis {
    struct Value {
        /// As the file writes it.
        let text: String
        /// For settings, what the text means.
        let setting: SettingValue?
    }

    let name: String
    /// The setting that the axis changes; nil for an axis `{name}` of layouts.
    let key: SettingKey?
    let place: Diagnostic.Place
    let values: [Value]
}

/// The sweep as the file states it.
struct Sweep {
    /// A combination to leave out: the row's name, or any, and the number of each axis's value.
    struct Exclusion {
        let row: String?
        let values: [(axis: Int, value: Int)]
        let place: Diagnostic.Place
    }

    var axes: [SweepAxis] = []
    /// Axes by number; every axis is in one group, paired axes in the same.
    var groups: [[Int]] = []
    var exclusions: [Exclusion] = []
}
