#!/usr/bin/env bash
# Times what `check` does with the history of a large archive: bash benches/history.sh ARCHIVE
#
# ARCHIVE  a repository with many records and commits; nothing in it is changed
# RUNS     how often each command runs, in turn; the median counts (default: 5)
set -euo pipefail
archive=$(cd "${1:?Name a repository with an archive.}" && pwd)
cd "$(dirname "$0")/.."
runs=${RUNS:-5}

cargo build --release --locked
program=$PWD/target/release/git-incident
cd "$archive"

# Runs a command; prints its wall and its CPU time in seconds. Findings (exit code 1) are a result, too.
timed() {
  local cost
  cost=$(mktemp)
  /usr/bin/time -o "$cost" -q -f '%e %U %S' "$@" >/dev/null 2>&1 || [[ $? -eq 1 ]]
  awk '{ print $1, $2 + $3 }' "$cost"
  rm "$cost"
}

commands=(
  'git log --name-only'
  "$program check --quiet"
  "$program check --quiet --since HEAD~1"
  "$program check --quiet --full-history"
)
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for ((run = 0; run < runs; run++)); do
  for i in "${!commands[@]}"; do
    read -ra command <<<"${commands[i]}"
    timed "${command[@]}" >>"$results/$i"
  done
done

printf '%s records, %s commits, %s cores, medians of %s\n\n' \
  "$(git ls-files 'incidents/*.md' | wc -l)" "$(git rev-list --count HEAD)" "$(nproc)" "$runs"
echo '| command | wall | CPU |'
echo '| --- | ---: | ---: |'
for i in "${!commands[@]}"; do
  middle=$(((runs + 1) / 2))
  wall=$(sort -n "$results/$i" | sed -n "${middle}p" | cut -d' ' -f1)
  cpu=$(cut -d' ' -f2 "$results/$i" | sort -n | sed -n "${middle}p")
  printf '| `%s` | %s s | %s s |\n' "${commands[i]/$program/git-incident}" "$wall" "$cpu"
done
