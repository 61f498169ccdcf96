#!/usr/bin/env python3
"""Writes the public incidents of an archive as content for Hugo: python3 content.py ARCHIVE INTO

A page says what ours does: title, times, affected services, every message to customers with its time, and the public
summary of a published postmortem. Needs PyYAML.
"""

import json
import pathlib
import re
import sys

import yaml


def front_and_body(path):
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.load(front, Loader=yaml.CSafeLoader), body


def text(message):
    """In English if there is any, else in the first language that was written."""
    return message.get("en") or next(iter(message.values())) if isinstance(message, dict) else message


def time(at):
    return at.isoformat() if hasattr(at, "isoformat") else at


def summary(folder):
    postmortem = folder / "postmortem.md"
    if not postmortem.exists():
        return ""
    front, body = front_and_body(postmortem)
    found = re.search(r"^## (Public summary|공개 요약|公開用の概要|Riepilogo pubblico)\n(.*?)(?=^## |\Z)", body, re.M | re.S)
    return found[2] if front.get("status") == "published" and found else ""


def page(record):
    front, _ = front_and_body(record)
    if front.get("visibility") != "public":
        return None
    timeline = front["timeline"]
    states = [entry["status"] for entry in timeline if "status" in entry]
    head = {
        "title": front["title"],
        "date": time(timeline[0]["at"]),
        "resolved": states[-1] in ("resolved", "closed"),
        "resolvedWhen": time(timeline[-1]["at"]),
        "affected": sorted({service for entry in timeline for service in entry.get("impact", {})}),
    }
    said = [entry for entry in reversed(timeline) if "public" in entry]
    body = [f'{{{{< time "{time(entry["at"])}" >}}}}\n\n{text(entry["public"])}\n' for entry in said]
    return json.dumps(head, ensure_ascii=False) + "\n\n" + "\n".join(body) + "\n" + summary(record.parent)


def main(archive, into):
    into.mkdir(parents=True)
    count = 0
    for record in sorted(archive.glob("incidents/**/incident.md")):
        made = page(record)
        if made is not None:
            (into / f"{record.parent.name}.md").write_text(made, encoding="utf-8")
            count += 1
    print(f"{count} pages")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
