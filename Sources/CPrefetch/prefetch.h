// The processor's prefetch instructions, which Swift has no word for (docs/decisions/0005-prefetching.md).
#pragma once

/// Asks for the cache line at an address that will be read soon. Any address will do; nothing is read.
static inline __attribute__((always_inline)) void prefetch_for_reading(const float *address) {
    __builtin_prefetch(address, 0, 3);
}

/// Asks for the cache line at an address that will be written soon.
static inline __attribute__((always_inline)) void prefetch_for_writing(const float *address) {
    __builtin_prefetch(address, 1, 3);
}
