#!/usr/bin/env bash
# Times how long a save takes to reach the browser: bash benches/serve.sh ARCHIVE
#
# ARCHIVE  a folder with many records; it is copied, and nothing in it is changed
# AUDIENCE who it is for: public or internal (default: public)
# PAGE     the page that is looked at, with ID for the record's id (default: the record's own)
# SAVES    how many saves are timed; the median counts (default: 15)
# PAUSE    seconds between them, in which the preview judges the whole site (default: 8)
# PROGRAM  the program to run (default: this one's release build)
set -euo pipefail
archive=$(cd "${1:?Name a folder with an archive.}" && pwd)
cd "$(dirname "$0")/.."

if [[ -z ${PROGRAM:-} ]]; then
  cargo build --release --locked
  PROGRAM=$PWD/target/release/git-incident
fi
audience=${AUDIENCE:-public}
scratch=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$scratch"' EXIT
for part in incident.yaml incidents .git; do
  [[ ! -e $archive/$part ]] || cp -r "$archive/$part" "$scratch"
done
(cd "$scratch" && exec "$PROGRAM" serve --audience "$audience" >"$scratch/log" 2>&1) &
server=$!

[[ $audience == internal ]] && own=/internal/incidents/ID/ || own=/incidents/ID/
python3 - "$scratch" "${SAVES:-15}" "${PAUSE:-8}" "$server" "${PAGE:-$own}" <<'PYTHON'
import http.client, json, os, pathlib, re, statistics, sys, time

folder, saves, pause = pathlib.Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
server, looked_at = sys.argv[4:]


def address():
    """Where the preview listens, once it does."""
    while True:
        found = re.search(r"http://([\d.]+:\d+)/", (folder / "log").read_text())
        if found:
            return found[1]
        time.sleep(0.01)


def page(path):
    browser = http.client.HTTPConnection(host)
    browser.request("GET", path)
    return browser.getresponse().read().decode()


def cpu():
    """The seconds that all processors have worked for the preview."""
    fields = pathlib.Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def next_build(before):
    """Waits until the event stream names another build than this one."""
    while True:
        line = stream.readline()
        if line.startswith(b"data:"):
            build = json.loads(line[5:])["build"]
            if build != before:
                return build


host, begun = address(), time.monotonic()
page("/")
print(f"the home page is there {time.monotonic() - begun:.2f} s after the start")
events = http.client.HTTPConnection(host)
events.request("GET", "/__git-incident/events")
stream = events.getresponse()
build = next_build(None)

records = sorted(folder.glob("incidents/**/incident.md"))
public = [record for record in records if re.search(r"^visibility: public", record.read_text(), re.M)]
times = []
for number in range(saves):
    time.sleep(pause)
    record = public[len(public) * number // saves]
    mark = f"Save number {number} of this run."
    text = record.read_text()
    begun, worked = time.monotonic(), cpu()
    record.write_text(re.sub(r"^title: .*$", f"title: {mark}", text, count=1, flags=re.M))
    build = next_build(build)
    told = time.monotonic() - begun
    shown = page(looked_at.replace("ID", record.parent.name))
    assert "ID" not in looked_at or mark in shown, f"{record} is shown as it was"
    times.append((time.monotonic() - begun, told))
    print(f"{record.parent.name}: told after {told * 1000:.0f} ms, page there after {times[-1][0] * 1000:.0f} ms; {(cpu() - worked) * 1000:.0f} ms of CPU")
whole = [whole for whole, _ in times]
print(f"{len(public)} public records, {saves} saves: median {statistics.median(whole) * 1000:.0f} ms, longest {max(whole) * 1000:.0f} ms")
PYTHON
