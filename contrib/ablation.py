#!/usr/bin/env python3
"""What each part of answering is worth, over several sets: a Markdown table of the differences in points.

    contrib/ablation.py SET...

Each SET is a folder that `footnote eval --corpus SET` reads, or SET=QUESTIONS for another file of questions. The
columns are the means over the sets that have the measure, and the set that loses most and the one that gains most
in S@1. Runs target/release/footnote, or what FOOTNOTE names.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import mean

FOOTNOTE = os.environ.get("FOOTNOTE", "target/release/footnote")
COLUMNS = ["S@1", "MRR@10", "sent", "right"]


def ablation(name):
    """The measures of a set by what is left out; shares from 0 to 1."""
    corpus, _, questions = name.partition("=")
    command = [FOOTNOTE, "eval", "--corpus", corpus, "--ablate", "--json"]
    if questions:
        command += ["--questions", questions]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return {row["without"]: row["measures"] for row in json.loads(out)["ablations"]}


def label(name):
    corpus, _, questions = name.partition("=")
    kind = Path(questions).stem.removeprefix("questions") if questions else ""
    return Path(corpus).name + kind


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sets = {label(name): ablation(name) for name in sys.argv[1:]}
    parts = list(next(iter(sets.values())))
    print("| without | " + " | ".join(COLUMNS) + " | S@1, worst | S@1, best |")
    print("|---|" + "---|" * (len(COLUMNS) + 2))
    for part in parts:
        row = []
        for column in COLUMNS:
            pairs = [(s[part][column], s[parts[0]][column]) for s in sets.values()]
            pairs = [(value, full) for value, full in pairs if value is not None and full is not None]
            if not pairs:
                row.append("-")
            elif part == parts[0]:
                row.append(f"{mean(full for _, full in pairs):.3f}")
            else:
                row.append(f"{100 * mean(value - full for value, full in pairs):+.1f}")
        change = lambda s: 100 * ((s[part]["S@1"] or 0) - (s[parts[0]]["S@1"] or 0))
        by_change = sorted((change(s), name) for name, s in sets.items())
        ends = [f"{points:+.1f} {name}" for points, name in (by_change[0], by_change[-1])]
        print(f"| {part} | " + " | ".join(row) + " | " + (" | ".join(ends) if part != parts[0] else " | ") + " |")


if __name__ == "__main__":
    main()
