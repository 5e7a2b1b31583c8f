import CPrefetch

/// Six addresses that a register tile reads in step: six rows of a matrix, or six pixels of an image.
struct SixRows {
    var row0, row1, row2, row3, row4, row5: FloatPointer

    /// Rows `stride` apart; a tile with fewer than six rows repeats its last one, whose results are then not stored.
    @inline(__always)
    init(_ first: FloatPointer, stride: Int, count: Int) {
        let last = count &- 1
        row0 = first
        row1 = first + min(1, last) &* stride
        row2 = first + min(2, last) &* stride
        row3 = first + min(3, last) &* stride
        row4 = first + min(4, last) &* stride
        row5 = first + min(5, last) &* stride
    }

    @inline(__always)
    mutating func advance(by offset: Int) {
        row0 += offset
        row1 += offset
        row2 += offset
        row3 += offset
        row4 += offset
        row5 += offset
    }
}

/// Six addresses that a register tile writes.
struct SixDestinations {
    var row0, row1, row2, row3, row4, row5: MutableFloatPointer

    /// Rows `stride` apart, for a tile that stores `count` of them.
    @inline(__always)
    init(_ first: MutableFloatPointer, stride: Int, count: Int) {
        let last = count &- 1
        row0 = first
        row1 = first + min(1, last) &* stride
        row2 = first + min(2, last) &* stride
        row3 = first + min(3, last) &* stride
        row4 = first + min(4, last) &* stride
        row5 = first + min(5, last) &* stride
    }

    /// Six rows `stride` apart.
    @inline(__always)
    init(_ first: MutableFloatPointer, stride: Int) {
        row0 = first
        row1 = row0 + stride
        row2 = row1 + stride
        row3 = row2 + stride
        row4 = row3 + stride
        row5 = row4 + stride
    }

    /// The same rows, all so many floats on.
    @inline(__always)
    func advanced(by offset: Int) -> SixDestinations {
        var rows = self
        rows.row0 += offset
        rows.row1 += offset
        rows.row2 += offset
        rows.row3 += offset
        rows.row4 += offset
        rows.row5 += offset
        return rows
    }

    /// Asks the caches for the first line of each.
    @inline(__always)
    func prefetch() {
        prefetch_for_writing(row0)
        prefetch_for_writing(row1)
        prefetch_for_writing(row2)
        prefetch_for_writing(row3)
        prefetch_for_writing(row4)
        prefetch_for_writing(row5)
    }
}

/// The running sums of six rows by one vector of columns, held in registers.
///
/// Each sum is one chain of fused multiply-adds in the order of the depth, in full and in partial tiles alike. So a result's
/// bits don't depend on the tile it fell in.
struct RegisterTile<Lanes: FloatLanes> {
    var row0 = Lanes()
    var row1 = Lanes()
    var row2 = Lanes()
    var row3 = Lanes()
    var row4 = Lanes()
    var row5 = Lanes()

    /// Adds `Σ_d rows[r][d] · panel[d, :]` for `depth` steps; the panel's steps are `panelStep` floats apart.
    @inline(__always)
    mutating func add(_ rows: SixRows, panel: FloatPointer, panelStep: Int, depth: Int) {
        var panel = panel
        var step = 0
        while step < depth {
            let columns: Lanes = loadVector(panel)
            row0 = row0.addingProduct(Lanes(repeating: rows.row0[step]), columns)
            row1 = row1.addingProduct(Lanes(repeating: rows.row1[step]), columns)
            row2 = row2.addingProduct(Lanes(repeating: rows.row2[step]), columns)
            row3 = row3.addingProduct(Lanes(repeating: rows.row3[step]), columns)
            row4 = row4.addingProduct(Lanes(repeating: rows.row4[step]), columns)
            row5 = row5.addingProduct(Lanes(repeating: rows.row5[step]), columns)
            panel += panelStep
            step &+= 1
        }
    }

    /// Adds one vector (a bias) to every row.
    @inline(__always)
    mutating func add(_ lanes: Lanes) {
        row0 += lanes
        row1 += lanes
        row2 += lanes
        row3 += lanes
        row4 += lanes
        row5 += lanes
    }

    /// Stores the rows of `rows`; `accumulate` adds to what is there.
    @inline(__always)
    func store(_ destinations: SixDestinations, rows: Range<Int>, columns: Int, accumulate: Bool) {
        if rows.count == Products.tileRows && columns >= Lanes.scalarCount && !accumulate { return store(destinations) }
        if rows.contains(0) { Self.store(row0, destinations.row0, columns, accumulate) }
        if rows.contains(1) { Self.store(row1, destinations.row1, columns, accumulate) }
        if rows.contains(2) { Self.store(row2, destinations.row2, columns, accumulate) }
        if rows.contains(3) { Self.store(row3, destinations.row3, columns, accumulate) }
        if rows.contains(4) { Self.store(row4, destinations.row4, columns, accumulate) }
        if rows.contains(5) { Self.store(row5, destinations.row5, columns, accumulate) }
    }

    /// Stores all of it.
    @inline(__always)
    func store(_ destinations: SixDestinations) {
        storeVector(row0, destinations.row0)
        storeVector(row1, destinations.row1)
        storeVector(row2, destinations.row2)
        storeVector(row3, destinations.row3)
        storeVector(row4, destinations.row4)
        storeVector(row5, destinations.row5)
    }

    @inline(__always)
    private static func store(_ lanes: Lanes, _ address: MutableFloatPointer, _ columns: Int, _ accumulate: Bool) {
        if columns >= Lanes.scalarCount {
            storeVector(accumulate ? loadVector(address) + lanes : lanes, address)
        } else {
            storeLanes(accumulate ? loadLanes(address, count: columns) + lanes : lanes, count: columns, address)
        }
    }
}

/// A tile of a weight gradient: six output columns by one vector of inputs, summed over rows.
extension RegisterTile {
    /// Adds `Σ_m values[m][r] · panel[m, :]` to row r; steps of `values` and `panel` are so many floats apart.
    ///
    /// With each step the caches are asked for one line, `aheadStep` floats behind the one before.
    @inline(__always)
    mutating func addOuter(
        _ values: FloatPointer, valueStep: Int, panel: FloatPointer, panelStep: Int, count: Int, ahead: FloatPointer,
        aheadStep: Int
    ) {
        // Copies, because a prefetch counts as an access to memory that would force the sums out of their registers.
        var (sum0, sum1, sum2, sum3, sum4, sum5) = (row0, row1, row2, row3, row4, row5)
        var (values, panel, ahead, remaining) = (values, panel, ahead, count)
        while remaining > 0 {
            let lanes: Lanes = loadVector(panel)
            sum0 = sum0.addingProduct(Lanes(repeating: values[0]), lanes)
            sum1 = sum1.addingProduct(Lanes(repeating: values[1]), lanes)
            sum2 = sum2.addingProduct(Lanes(repeating: values[2]), lanes)
            sum3 = sum3.addingProduct(Lanes(repeating: values[3]), lanes)
            sum4 = sum4.addingProduct(Lanes(repeating: values[4]), lanes)
            sum5 = sum5.addingProduct(Lanes(repeating: values[5]), lanes)
            prefetch_for_reading(ahead)
            values += valueStep
            panel += panelStep
            ahead += aheadStep
            remaining &-= 1
        }
        (row0, row1, row2, row3, row4, row5) = (sum0, sum1, sum2, sum3, sum4, sum5)
    }

    /// Like `addOuter(_:valueStep:panel:panelStep:count:ahead:aheadStep:)` where everything is in the caches.
    @inline(__always)
    mutating func addOuter(
        _ values: FloatPointer, valueStep: Int, panel: FloatPointer, panelStep: Int, count: Int
    ) {
        var (values, panel) = (values, panel)
        for _ in 0..<count {
            let lanes: Lanes = loadVector(panel)
            row0 = row0.addingProduct(Lanes(repeating: values[0]), lanes)
            row1 = row1.addingProduct(Lanes(repeating: values[1]), lanes)
            row2 = row2.addingProduct(Lanes(repeating: values[2]), lanes)
            row3 = row3.addingProduct(Lanes(repeating: values[3]), lanes)
            row4 = row4.addingProduct(Lanes(repeating: values[4]), lanes)
            row5 = row5.addingProduct(Lanes(repeating: values[5]), lanes)
            values += valueStep
            panel += panelStep
        }
    }

    /// Adds `Σ_m values.r[m] · panel[m, :]` to row r, for six values that lie anywhere; with each step the caches are asked for
    /// one line.
    @inline(__always)
    mutating func addOuter(
        _ values: SixRows, valueStep: Int, panel: FloatPointer, panelStep: Int, count: Int, ahead: FloatPointer,
        aheadStep: Int
    ) {
        var (sum0, sum1, sum2, sum3, sum4, sum5) = (row0, row1, row2, row3, row4, row5)
        var (panel, place, ahead) = (panel, 0, ahead)
        for _ in 0..<count {
            let lanes: Lanes = loadVector(panel)
            sum0 = sum0.addingProduct(Lanes(repeating: values.row0[place]), lanes)
            sum1 = sum1.addingProduct(Lanes(repeating: values.row1[place]), lanes)
            sum2 = sum2.addingProduct(Lanes(repeating: values.row2[place]), lanes)
            sum3 = sum3.addingProduct(Lanes(repeating: values.row3[place]), lanes)
            sum4 = sum4.addingProduct(Lanes(repeating: values.row4[place]), lanes)
            sum5 = sum5.addingProduct(Lanes(repeating: values.row5[place]), lanes)
            prefetch_for_reading(ahead)
            ahead += aheadStep
            place &+= valueStep
            panel += panelStep
        }
        (row0, row1, row2, row3, row4, row5) = (sum0, sum1, sum2, sum3, sum4, sum5)
    }

    /// Starts from sums already in memory, all of them.
    @inline(__always)
    init(_ sources: SixDestinations) {
        row0 = loadVector(sources.row0)
        row1 = loadVector(sources.row1)
        row2 = loadVector(sources.row2)
        row3 = loadVector(sources.row3)
        row4 = loadVector(sources.row4)
        row5 = loadVector(sources.row5)
    }

    /// Starts from sums already in memory, so that their chains go on.
    @inline(__always)
    mutating func load(_ sources: SixDestinations, columns: Int) {
        row0 = Self.load(sources.row0, columns)
        row1 = Self.load(sources.row1, columns)
        row2 = Self.load(sources.row2, columns)
        row3 = Self.load(sources.row3, columns)
        row4 = Self.load(sources.row4, columns)
        row5 = Self.load(sources.row5, columns)
    }

    @inline(__always)
    private static func load(_ address: MutableFloatPointer, _ columns: Int) -> Lanes {
        columns >= Lanes.scalarCount ? loadVector(address) : loadLanes(address, count: columns)
    }
}
