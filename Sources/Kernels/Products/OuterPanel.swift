/// Sums of outer products: `dW[:, panel] (+)= dyᵀ·panel` over one block of rows.
struct OuterPanel {
    /// The block's inputs, `step` floats from row to row, up to 16 lanes of which count.
    let panel: FloatPointer
    let step: Int
    let lanes: Int
    let rows: Int

    /// Adds to the sums in `gradient` (columns of dy, ≥ lanes), or starts them where `fresh`.
    ///
    /// Meanwhile the caches are asked for what `ahead` names.
    func add(
        _ values: GradientRows, into gradient: MutableFloatPointer, stride: Int, fresh: Bool,
        ahead: inout PrefetchedBlock
    ) {
        if lanes > 8 {
            add(SIMD16<Float>.self, values, gradient, stride, fresh, &ahead)
        } else {
            add(SIMD8<Float>.self, values, gradient, stride, fresh, &ahead)
        }
    }

    /// Like `add(_:into:stride:fresh:ahead:)` where nothing is known of what is read next.
    func add(_ values: GradientRows, into gradient: MutableFloatPointer, stride: Int, fresh: Bool) {
        var nothing = PrefetchedBlock(x: panel, xCount: 0, dy: panel, dyCount: 0, tiles: 1, steps: 1)
        add(values, into: gradient, stride: stride, fresh: fresh, ahead: &nothing)
    }

    @inline(__always)
    private func add<Lanes: FloatLanes>(
        _ type: Lanes.Type, _ values: GradientRows, _ gradient: MutableFloatPointer, _ stride: Int, _ fresh: Bool,
        _ ahead: inout PrefetchedBlock
    ) {
        var column = 0
        while column < values.columns {
            let group = values.group(at: column)
            let next = ahead.next()
            // Whole tiles apart, so that their sums stay in registers from load to store.
            if lanes == Lanes.scalarCount && column &+ Products.tileRows <= values.columns {
                let target = SixDestinations(gradient + column &* stride, stride: stride)
                var tile = fresh ? RegisterTile<Lanes>() : RegisterTile<Lanes>(target)
                if !fresh && column &+ 2 &* Products.tileRows <= values.columns {
                    // The next group's sums: many a gradient is too large for the nearest caches.
                    target.advanced(by: Products.tileRows &* stride).prefetch()
                }
                tile.addOuter(
                    group.values, valueStep: group.step, panel: panel, panelStep: step, count: rows,
                    ahead: next.values, aheadStep: next.step)
                tile.store(target)
            } else {
                // The last group reaches back into columns that are done: those rows are summed again, but not stored.
                let first = values.firstColumn(ofGroupAt: column)
                let end = min(first &+ Products.tileRows, values.columns)
                let target = SixDestinations(gradient + first &* stride, stride: stride, count: end &- first)
                var tile = RegisterTile<Lanes>()
                if !fresh { tile.load(target, columns: lanes) }
                tile.addOuter(
                    group.values, valueStep: group.step, panel: panel, panelStep: step, count: rows,
                    ahead: next.values, aheadStep: next.step)
                tile.store(target, rows: (column &- first)..<(end &- first), columns: lanes, accumulate: false)
            }
            column &+= Products.tileRows
        }
    }
}
