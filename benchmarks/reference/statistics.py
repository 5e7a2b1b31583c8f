"""Prints the constants of Tests/ResultsTests/StatisticsTests.swift and OrderTests.swift, computed by SciPy.    python3 statistics.py"""

import itertools

import numpy as np
import scipy
from scipy import special, stats

print("scipy", scipy.__version__)
for freedom in (1, 2, 4, 7, 29):
    print("t.cdf", freedom, [repr(float(stats.t.cdf(t, freedom))) for t in (-3.5, -0.2, 0.0, 1.0, 8.0)])
    print("t.ppf", freedom, [repr(float(stats.t.ppf(p, freedom))) for p in (0.005, 0.5, 0.8, 0.975, 0.999)])
print("betainc", [repr(float(special.betainc(a, b, x))) for a, b, x in ((0.5, 0.5, 0.3), (2, 5, 0.9), (30, 0.5, 0.99))])

a = [0.913, 0.921, 0.908, 0.917, 0.924, 0.911, 0.919, 0.915]
b = [0.906, 0.918, 0.909, 0.909, 0.915, 0.905, 0.917, 0.908]
difference = np.array(a) - np.array(b)
test = stats.ttest_rel(a, b)
low, high = test.confidence_interval(0.95)
print("mean, sd", repr(float(difference.mean())), repr(float(difference.std(ddof=1))))
print("interval", repr(float(low)), repr(float(high)))


def sign_flip(values):
    """`permutation_type="samples"` of two paired samples is the sign flip; exact for small n."""
    values = np.asarray(values)
    result = stats.permutation_test(
        (values, np.zeros_like(values)), lambda x, y: np.mean(x - y), permutation_type="samples", n_resamples=np.inf)
    return float(result.pvalue)


for values in (difference, [3, -1, 2], [1, 2, 3, 4, 5], [0.5, -0.25, 0, 1.5, 2.5, -0.75, 0.1], np.arange(1, 13) - 3.5):
    print("sign flip", [float(v) for v in values], repr(sign_flip(values)))
wide = np.round(np.sin(np.arange(22)) + 0.3, 3)
signs = np.array(list(itertools.product((1, -1), repeat=11)))
left, right = signs @ wide[:11], np.sort(signs @ wide[11:])
count = sum(len(right) - np.searchsorted(right, abs(wide.sum()) - 1e-9 - v) for v in left)
print("sign flip of 22", [float(v) for v in wide], repr(2 * count / 2**22))

p = [0.01, 0.04, 0.03, 0.005, 0.2]
order = np.argsort(p)
running, holm = 0.0, [0.0] * len(p)
for rank, index in enumerate(order):
    running = max(running, min(1, (len(p) - rank) * p[index]))
    holm[index] = running
print("holm", holm)


def power(effect, n, level):
    t = stats.t.ppf(1 - level / 2, n - 1)
    return stats.nct.sf(t, n - 1, effect * np.sqrt(n)) + stats.nct.cdf(-t, n - 1, effect * np.sqrt(n))


for n, level in ((3, 0.05), (5, 0.05), (8, 0.05), (8, 0.01), (20, 0.05)):
    low, high = 0.0, 50.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if power(middle, n, level) < 0.8 else (low, middle)
    print("detectable", n, level, repr(float(low)), "power at 1", repr(float(power(1.0, n, level))))

published = [81.3, 81.5, 81.4, 81.6, 81.9, 82.3]
for x, y in (
    (published, [0.84, 0.83, 0.86, 0.85, 0.88, 0.87]),
    ([80.5, 80.9, 81.3, 80.5, 80.9, 81.3, 82.3], [1, 2, 3, 3, 1, 5, 4]),
    ([1, 1, 2, 3], [4, 4, 4, 1]),
    (published, published[::-1]),
):
    print("tau-b", x, y, repr(float(stats.kendalltau(x, y).statistic)))
