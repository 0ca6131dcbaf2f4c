#!/usr/bin/env bash
# Fuzzes one target after another, each for so many minutes of processor time, and prints a row of figures for each.
#
#   fuzz/run.sh MINUTES [TARGET...]
#
# What is found goes to fuzz/artifacts/TARGET, and new inputs to fuzz/found/TARGET, from where a later run goes on.
set -euo pipefail
cd "$(dirname "$0")/.."

minutes=${1:?how many minutes of processor time for each target}
shift
[ $# -gt 0 ] || set -- $(ls fuzz/fuzz_targets | sed 's/\.rs$//')

# Threads of the program itself would only wait for each other.
export RAYON_NUM_THREADS=1
binaries=${FUZZ_BINARIES:-}
if [ -z "$binaries" ]; then
    cargo fuzz build -s none
    binaries=$(cargo metadata --manifest-path fuzz/Cargo.toml --format-version 1 --no-deps |
        sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/$(rustc -vV | sed -n 's/^host: //p')/release
fi

echo "| target | CPU minutes | executions | features | inputs | ended |"
echo "|---|---|---|---|---|---|"
for target in "$@"; do
    found=fuzz/found/$target artifacts=fuzz/artifacts/$target
    mkdir -p "$found" "$artifacts"
    inputs=("$found" "fuzz/corpus/$target")
    [ ! -d "fuzz/regressions/$target" ] || inputs+=("fuzz/regressions/$target")
    case $target in
        questions) words=json_lines ;;
        analyzer | sentences) words=text ;;
        excerpt | renderer) words=answer ;;
        *) words=$target ;;
    esac
    options=(-timeout=20 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 -artifact_prefix="$artifacts/")
    [ ! -f "fuzz/dictionaries/$words.dict" ] || options+=(-dict="fuzz/dictionaries/$words.dict")
    cpu=0 executions=0 features=0 ended="no breach"
    log=$artifacts/log
    # libFuzzer counts the seconds that pass, which on a busy machine are not those it works: so a minute at a time.
    while [ "$cpu" -lt $((minutes * 60)) ]; do
        TIMEFORMAT='cpu %U %S'
        if ! { time "$binaries/$target" "${options[@]}" -max_total_time=60 "${inputs[@]}" >"$log" 2>&1; } 2>"$log.time"; then
            ended="breach: see $log"
        fi
        cpu=$((cpu + $(awk '{ printf "%d", $2 + $3 }' "$log.time")))
        executions=$((executions + $(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1 || true) + 0))
        features=$(sed -n 's/.* ft: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
        [ "$ended" = "no breach" ] || break
    done
    count=$(find "$found" "fuzz/corpus/$target" -type f | wc -l)
    awk -v t="$target" -v c="$cpu" -v e="$executions" -v f="$features" -v n="$count" -v d="$ended" \
        'BEGIN { printf "| %s | %.1f | %s | %s | %s | %s |\n", t, c / 60, e, f, n, d }'
done
