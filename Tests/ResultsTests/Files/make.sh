#!/bin/bash
# Makes schema-N.sqlite and schema-N.csv with a program of that schema version: bash make.sh PROGRAM
# To be run once, when a version is released; a file that is there is never made again.
# The database holds what time leaves in one: finished, diverged, failed and queued trials, attempts that were
# interrupted, lost and resumed, a row that the file no longer has, and an experiment that shares its trials; from the
# version on that can hold them, removed and verified trials, seeds that were added, rows that were stopped early,
# selected axes and blocks that were computed twice.
set -euo pipefail
program=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

experiment() { # NAME ROWS [REFERENCE [TAIL]]: twelve epochs of a moment each
    cat > "$1.yaml" <<YAML
name: $1
question: Does an old database still open?
reference: ${3:-last}
dataset: {name: recall-grid, train: 128, validation: 16, test: 16, pairs: [2], test-pairs: [2], size: 32}
backbone: {width: 16, stem: {channels: 8, strides: [2, 2]}, head-width: 8}
layouts:
$2
train: {epochs: 12, batch: 16, lr: 2e-3, warmup-epochs: 1}
seeds: 2
${4-claims: [last > first]}
YAML
}
begin() { # starts a run and waits until a trial has had an epoch
    "$program" run old.yaml --jobs 1 > table 2> log & run=$!
    until grep -q "epoch .*/12" log; do kill -0 $run; sleep 0.01; done
}
rows='  last: M A
  first: A M
  wild: {layout: A A, train: {lr: 100, clip-norm: none}}'

experiment old "$rows
  gone: M M"
begin; kill -INT $run; wait $run || [[ $? == 130 ]]
begin; kill -KILL $run; wait $run || [[ $? == 137 ]]
begin; until worker=$(cat /proc/$run/task/*/children | tr ' ' '\n' | grep -m 1 .); do kill -0 $run; done
kill -SEGV "$worker"; wait $run || [[ $? == 1 ]]
experiment old "$rows"
"$program" run old.yaml -q > table || [[ $? == 1 ]]
experiment shared '  last: M A
  first: M A A'
"$program" run shared.yaml --jobs 1 2> log > table & run=$!
until grep -q "epoch .*/12" log; do kill -0 $run; sleep 0.01; done
kill -INT $run; wait $run || [[ $? == 130 ]]

version=$(od -An -j 60 -N 4 -t u1 results/ablate.sqlite | awk "{ print \$3 * 256 + \$4 }") # SQLite's user_version
if [[ $version -ge 2 ]]; then
    done=$("$program" sql "SELECT identity FROM v_trials WHERE state = 'done'" --format csv | sed -n 2p)
    "$program" verify "$done" -q > table
    "$program" remove --experiment old --row first --seed 1 -q
    "$program" run old.yaml -q > table || [[ $? == 1 ]]
fi
if [[ $version -ge 3 ]]; then
    experiment decided '  last: M M A
  first: A M M'
    "$program" run decided.yaml --until-decided --max-seeds 6 -q > table
    experiment halved '  all: M3 with A at choose(1)
  none: M3' none ''
    "$program" run halved.yaml --halving -q > table
fi
if [[ $version -ge 4 ]]; then
    experiment selected '  last: M A
  first: A M' last 'sweep: {axes: {train.lr: [1e-3, 3e-3]}}
select: train.lr
claims: [last > first]'
    "$program" run selected.yaml -q > table
fi
if [[ $version -ge 5 ]]; then
    experiment frugal '  last: M M A A
  first: A A M M'
    "$program" run frugal.yaml --recompute -q > table
fi
[[ ! -e $here/schema-$version.sqlite ]] || { echo "schema-$version.sqlite is there" >&2; exit 1; }
"$program" sql 'SELECT experiment, "row", seed, state, reason, value, loss, epochs, parameters, weights_digest, identity
    FROM v_trials ORDER BY experiment, "row", seed' --format csv > "$here/schema-$version.csv"
cp results/ablate.sqlite "$here/schema-$version.sqlite"
