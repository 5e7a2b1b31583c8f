// The machine's own rates, to compare with: multiply-adds on registers, so many that nothing else can be the limit.
#include <torch/extension.h>

#include <chrono>
#include <cstring>

namespace {

#if defined(__AVX512F__)
constexpr int kLanes = 16;
#else
constexpr int kLanes = 8;
#endif
typedef float Vector __attribute__((vector_size(kLanes * sizeof(float))));
constexpr int kChains = 12;  // latency 4 × 2 units, with a reserve

// So many multiply-adds in each of twelve chains that don't wait for one another.
float chains(int64_t count) {
    Vector sums[kChains], factor, addend;
    for (int lane = 0; lane < kLanes; ++lane) factor[lane] = 0.999999f, addend[lane] = 1e-6f;
    for (int i = 0; i < kChains; ++i) sums[i] = addend * float(i);
    for (int64_t step = 0; step < count; ++step)
#pragma GCC unroll 12
        for (int i = 0; i < kChains; ++i) sums[i] = sums[i] * factor + addend;
    float total = 0;
    for (int i = 0; i < kChains; ++i) total += sums[i][0];
    return total;
}

}  // namespace

// GFLOP/s of multiply-adds on registers, `threads` threads together.
double multiply_add_rate(int64_t threads) {
    const int64_t count = 4'000'000;
    volatile float sink = chains(count / 8);
    auto start = std::chrono::steady_clock::now();
#pragma omp parallel for num_threads(threads) schedule(static, 1)
    for (int64_t thread = 0; thread < threads; ++thread) sink = chains(count);
    std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    (void)sink;
    return 2.0 * kLanes * kChains * count * threads / seconds.count() / 1e9;
}

TORCH_LIBRARY_FRAGMENT(ablate, library) {
    library.def("multiply_add_rate(int threads) -> float", &multiply_add_rate);
}
