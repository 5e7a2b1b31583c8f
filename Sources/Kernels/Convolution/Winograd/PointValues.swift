import CPrefetch

/// Six vectors along one axis of a tile: its inputs, or its values at the six points.
struct SixValues<Lanes: FloatLanes> {
    let value0, value1, value2, value3, value4, value5: Lanes

    @inline(__always)
    init(_ value0: Lanes, _ value1: Lanes, _ value2: Lanes, _ value3: Lanes, _ value4: Lanes, _ value5: Lanes) {
        (self.value0, self.value1, self.value2) = (value0, value1, value2)
        (self.value3, self.value4, self.value5) = (value3, value4, value5)
    }

    /// Reads six vectors `step` floats apart.
    @inline(__always)
    init(_ address: FloatPointer, step: Int) {
        self.init(
            loadVector(address), loadVector(address + step), loadVector(address + 2 &* step),
            loadVector(address + 3 &* step), loadVector(address + 4 &* step), loadVector(address + 5 &* step))
    }

    /// Writes them `step` floats apart.
    @inline(__always)
    func store(_ address: MutableFloatPointer, step: Int) {
        storeVector(value0, address)
        storeVector(value1, address + step)
        storeVector(value2, address + 2 &* step)
        storeVector(value3, address + 3 &* step)
        storeVector(value4, address + 4 &* step)
        storeVector(value5, address + 5 &* step)
    }
}

/// Four vectors along one axis of a tile: its outputs, or their gradients.
struct FourValues<Lanes: FloatLanes> {
    let value0, value1, value2, value3: Lanes

    @inline(__always)
    init(_ value0: Lanes, _ value1: Lanes, _ value2: Lanes, _ value3: Lanes) {
        (self.value0, self.value1, self.value2, self.value3) = (value0, value1, value2, value3)
    }

    /// Reads four vectors `step` floats apart.
    @inline(__always)
    init(_ address: FloatPointer, step: Int) {
        self.init(
            loadVector(address), loadVector(address + step), loadVector(address + 2 &* step),
            loadVector(address + 3 &* step))
    }

    /// Writes them `step` floats apart.
    @inline(__always)
    func store(_ address: MutableFloatPointer, step: Int) {
        storeVector(value0, address)
        storeVector(value1, address + step)
        storeVector(value2, address + 2 &* step)
        storeVector(value3, address + 3 &* step)
    }
}

/// Asks the caches for where four vectors will be written, `step` floats apart.
@inline(__always)
func prefetchFour(_ address: MutableFloatPointer, step: Int) {
    prefetch_for_writing(address)
    prefetch_for_writing(address + step)
    prefetch_for_writing(address + 2 &* step)
    prefetch_for_writing(address + 3 &* step)
}

/// Three vectors: the taps along one axis.
struct ThreeValues<Lanes: FloatLanes> {
    let value0, value1, value2: Lanes

    @inline(__always)
    init(_ value0: Lanes, _ value1: Lanes, _ value2: Lanes) {
        (self.value0, self.value1, self.value2) = (value0, value1, value2)
    }

    /// Reads three vectors `step` floats apart.
    @inline(__always)
    init(_ address: FloatPointer, step: Int) {
        self.init(loadVector(address), loadVector(address + step), loadVector(address + 2 &* step))
    }

    /// Writes them `step` floats apart.
    @inline(__always)
    func store(_ address: MutableFloatPointer, step: Int) {
        storeVector(value0, address)
        storeVector(value1, address + step)
        storeVector(value2, address + 2 &* step)
    }
}
