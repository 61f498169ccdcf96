#!/usr/bin/env bash
# Times `check` and `build` on large archives: bash benches/large.sh [RECORDS...]    (default: 1000 10000 100000)
#
# GENERATOR  the script that writes archives (default: ../shared/bench/gen_archive.py); called as `--n N --out DIR`
# RUNS       how often each command runs; the fastest counts (default: 3)
# SCRATCH    where the archives and sites go, and stay for the next time (default: target/large)
set -euo pipefail
cd "$(dirname "$0")/.."

generator=${GENERATOR:-../shared/bench/gen_archive.py}
runs=${RUNS:-3}
scratch=${SCRATCH:-target/large}
# Fixed, so that a second build finds nothing to change.
now=2026-11-21T00:00:00Z
sizes=("$@")
[[ ${#sizes[@]} -gt 0 ]] || sizes=(1000 10000 100000)

stop() {
  printf '%s\n' "$@" >&2
  exit 2
}

[[ -f $generator ]] || stop "There is no generator at \`$generator\`; it is not part of this repository." \
  'Name one in GENERATOR: a Python script that writes N records with `--n N --out DIR`.'
[[ -x /usr/bin/time ]] || stop 'GNU time is needed for peak memory (Debian: apt-get install time).'

cargo build --release --locked
program=$PWD/target/release/git-incident
mkdir -p "$scratch"
scratch=$(cd "$scratch" && pwd)

# Runs a command in an archive; prints one row of the table, and keeps the phases of the fastest run for the end.
measure() {
  local records=$1 archive=$2 name=$3
  shift 3
  local best='' fastest
  fastest=$(mktemp)
  for ((run = 0; run < runs; run++)); do
    local cost phases
    cost=$(mktemp) phases=$(mktemp)
    # Findings (exit code 1) are a result, too.
    (cd "$archive" && /usr/bin/time -o "$cost" -q -f '%e %U %S %M' "$program" "$@" --timings >/dev/null 2>"$phases") ||
      [[ $? -eq 1 ]] || stop "\`git-incident $*\` failed in $archive:" "$(cat "$phases")"
    if [[ -z $best ]] || awk -v new="$(cat "$cost")" -v old="$best" \
      'BEGIN { split(new, a); split(old, b); exit !(a[1] < b[1]) }'; then
      best=$(cat "$cost")
      cp "$phases" "$fastest"
    fi
    rm "$cost" "$phases"
  done
  awk -v records="$records" -v name="$name" -v cost="$best" \
    'BEGIN { split(cost, c); printf "| %d | %s | %.2f s | %.2f s | %.0f MB |\n", records, name, c[1], c[2] + c[3], c[4] / 1024 }'
  { printf '\n%s records, %s:\n\n' "$records" "$name" && sed 's/^/    /' "$fastest"; } >>"$all_phases"
  rm "$fastest"
}

all_phases=$(mktemp)
trap 'rm -rf "$all_phases" "$scratch"/site-*-$$*' EXIT
printf '%s, %s cores, best of %s\n\n' "$("$program" --version)" "$(nproc)" "$runs"
echo '| records | command | wall | CPU | peak memory |'
echo '| ---: | --- | ---: | ---: | ---: |'
for records in "${sizes[@]}"; do
  archive=$scratch/archive-$records
  # A new folder: to remove an old one first would leave the disk busy while the build is timed.
  site=$scratch/site-$records-$$
  [[ -d $archive ]] || { python3 "$generator" --n "$records" --out "$archive.part" >&2 && mv "$archive.part" "$archive"; }
  measure "$records" "$archive" check check
  runs=1 measure "$records" "$archive" 'build, one language' build --out "$site-en" --language en --as-of "$now"
  measure "$records" "$archive" 'build again, one language' build --out "$site-en" --language en --as-of "$now"
  # A site is made in memory: 400,000 pages of the largest archive would need more of it than many machines have.
  ((records > 10000)) || runs=1 measure "$records" "$archive" 'build, four languages' build --out "$site" --as-of "$now"
done
cat "$all_phases"
