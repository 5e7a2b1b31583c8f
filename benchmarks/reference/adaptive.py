"""Weighs ways of looking repeatedly at paired seeds (docs/decisions/0009-looking-repeatedly.md).    python3 adaptive.py [SIMULATIONS]

First the constants of Tests/ResultsTests/SequentialTests.swift, then the designs.

Differences are normal with mean `effect` standard deviations; one look after every pair, at most MOST pairs. For each design: the
share of experiments in which the null is rejected (effect 0: the error; otherwise the power), and the mean number of pairs used.
"""

import sys

import numpy as np
from scipy import stats

MOST = 16
SIMULATIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 400


def spending(differences, level, power, looks=None):
    """The look at which the exact sign-flip test with cumulative spending level·(n/MOST)^power rejects; None for never."""
    sums = np.array([differences[0]])
    rejected = np.zeros(1, bool)
    for n in range(1, len(differences) + 1):
        if n > 1:
            d = differences[n - 1]
            sums = np.concatenate((sums + d, sums - d))
            rejected = np.concatenate((rejected, rejected))
        if looks is not None and n not in looks:
            continue
        room = int(np.floor(level * (n / MOST) ** power * len(sums) + 1e-9)) - int(rejected.sum())
        if room < 1:
            continue
        size = np.where(rejected, -1.0, np.abs(sums))
        threshold = np.partition(size, len(size) - room)[len(size) - room] if room < len(size) else 0.0
        chosen = size >= threshold - 1e-12
        if chosen.sum() > room:
            chosen = size > threshold + 1e-12
        rejected |= chosen
        if rejected[0]:
            return n
    return None


def fixed(differences, level):
    """The plain sign-flip test of all pairs."""
    sums = np.zeros(1)
    for d in differences:
        sums = np.concatenate((sums + d, sums - d))
    p = np.mean(np.abs(sums) >= abs(differences.sum()) - 1e-12)
    return len(differences) if p <= level else None


def betting(differences, level, strengths=(0.5, 1.0, 2.0)):
    """Valid at any time: wealth of bets on the sign of each difference, averaged over both directions and some strengths."""
    wealth = np.ones((2, len(strengths)))
    scale = None
    for n, d in enumerate(differences, 1):
        if scale is not None:
            fraction = np.tanh(np.array(strengths) * abs(d) / scale)
            wealth *= 1 + np.sign(d) * np.array([[1.0], [-1.0]]) * fraction
        scale = np.sqrt(np.mean(differences[:n] ** 2))
        if wealth.mean() >= 1 / level:
            return n
    return None


def peeking(differences, level):
    """What must not be done: the plain test after every pair."""
    return next((n for n in range(1, len(differences) + 1) if fixed(differences[:n], level)), None)


generator = np.random.default_rng(3)
examples = [[round(float(x), 3) for x in generator.normal(effect, 1, 14)] for effect in (0.3, 1.0, 1.6)]
for example in examples + [[1.0, 1, 1, 1, -1, 1, 1, 1, 1, 1, 1, -1]]:
    print(example, [spending(np.array(example), level, 2) for level in (0.3, 0.1, 0.05, 0.02, 0.01, 0.005)])

designs = {
    "plain test of all pairs": fixed,
    "spending, power 1": lambda d, a: spending(d, a, 1),
    "spending, power 1.5": lambda d, a: spending(d, a, 1.5),
    "spending, power 2": lambda d, a: spending(d, a, 2),
    "spending, power 3": lambda d, a: spending(d, a, 3),
    "power 2, looks at 7 10 13 16": lambda d, a: spending(d, a, 2, {7, 10, 13, 16}),
    "betting": betting,
}
for level in (0.05, 0.01):
    for effect in (0.0, 0.6, 0.8, 1.0, 1.5, 2.0):
        generator = np.random.default_rng(7)
        samples = generator.normal(effect, 1, (SIMULATIONS, MOST))
        for name, design in designs.items():
            ends = [design(sample, level) for sample in samples]
            share = np.mean([end is not None for end in ends])
            used = np.mean([end or MOST for end in ends])
            print(f"level {level:.2f}  effect {effect:.1f}  {name:30s} rejected {share:.3f}  pairs {used:5.1f}", flush=True)
generator = np.random.default_rng(7)
samples = generator.normal(0, 1, (SIMULATIONS, 12))
print("the plain test after every pair, up to 12, level 0.05: rejected", np.mean([peeking(s, 0.05) is not None for s in samples]))

# What stopping early does to the plain 95 % t interval: how often it holds the true mean, stopped by the spending design or at MOST pairs.

for effect in (0.0, 0.8, 1.5):
    samples = np.random.default_rng(8).normal(effect, 1, (SIMULATIONS, MOST))
    held = 0
    for sample in samples:
        used = sample[: spending(sample, 0.05, 2) or MOST]
        half = stats.t.ppf(0.975, len(used) - 1) * used.std(ddof=1) / np.sqrt(len(used))
        held += abs(used.mean() - effect) <= half
    print(f"stopped by spending, power 2, level 0.05, effect {effect:.1f}: the 95 % interval held {held / SIMULATIONS:.3f}")
