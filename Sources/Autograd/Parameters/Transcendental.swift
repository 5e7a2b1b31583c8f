#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The natural logarithm in double precision.
func logarithm(_ x: Double) -> Double { log(x) }

/// eˣ in double precision.
func exponential(_ x: Double) -> Double { exp(x) }
