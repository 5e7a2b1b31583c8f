#!/bin/bash
# Fuzzes readers with the program that `make fuzz` builds: fuzz.sh PROGRAM SECONDS [TARGET…]
# Inputs that reach new code are kept in .build-fuzz/work/TARGET, so that the next call goes on from there; an input that
# crashes a reader, or takes it more than a second, stops its target and is written to .build-fuzz/found.
# KEEP=1 replaces the inputs of Tests/FuzzingTests/Corpora by a smallest choice of all that reach the same code.
set -euo pipefail
program=$(realpath "$1") seconds=$2
shift 2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
corpora=Tests/FuzzingTests/Corpora
[[ $# -gt 0 ]] || set -- $(ls $corpora)
mkdir -p .build-fuzz/found .build-fuzz/work
failed=0
for target in "$@"; do
    export FUZZ_TARGET=$target
    work=.build-fuzz/work/$target
    mkdir -p "$work"
    limits=(-timeout=1 -max_len=16384 -rss_limit_mb=2048 -malloc_limit_mb=512 -artifact_prefix=".build-fuzz/found/$target-")
    if [[ ${KEEP:-0} == 1 ]]; then
        kept=$(mktemp -d)
        "$program" -merge=1 "${limits[@]}" "$kept" $corpora/"$target" "$work" 2> .build-fuzz/merge.log
        # The smallest inputs first, to 64 KiB; found cases have names of their own and stay.
        find $corpora/"$target" -type f ! -name 'found-*' -delete
        total=0
        for name in $(ls -Sr "$kept"); do
            total=$((total + $(stat -c %s "$kept/$name")))
            [[ $total -le 65536 ]] || break
            cp "$kept/$name" $corpora/"$target"/
        done
        rm -rf "$kept"
    fi
    status=0
    "$program" -max_total_time="$seconds" "${limits[@]}" -print_final_stats=1 "$work" $corpora/"$target" \
        > ".build-fuzz/$target.log" 2>&1 || status=$?
    runs=$(awk '/stat::number_of_executed_units/ { print $2 }' ".build-fuzz/$target.log")
    coverage=$(grep -o 'cov: [0-9]*' ".build-fuzz/$target.log" | tail -n 1)
    echo "$target: ${runs:-no} inputs, ${coverage:-cov: none}, $(ls "$work" | wc -l) kept, exit code $status"
    [[ $status == 0 ]] || failed=1
done
exit $failed
