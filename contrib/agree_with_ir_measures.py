#!/usr/bin/env python3
"""Holds the measures of `footnote eval` to those of ir_measures on the same run.

    pip install ir_measures==0.4.3
    cargo build --release
    contrib/agree_with_ir_measures.py CORPUS_DIR [QUESTIONS_FILE]

Exits with 1 where S@1, S@5, MRR@10 or nDCG@10 differ by more than 0.000001.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unicodedata
from urllib.parse import quote

import ir_measures
from ir_measures import RR, Success, nDCG

MEASURES = {"S@1": Success @ 1, "S@5": Success @ 5, "MRR@10": RR @ 10, "nDCG@10": nDCG @ 10}
TOLERANCE = 1e-6


def column(id_):
    """An id as a column of a run, which white space would part: as `column` in src/eval/trec.rs has it."""
    parts = (quote(c, safe="") if c == "%" or c.isspace() or unicodedata.category(c) == "Cc" else c for c in id_)
    return "".join(parts) or "%"


def qrels(questions):
    for line in questions.read_text(encoding="utf-8").splitlines():
        question = json.loads(line) if line.strip() else {}
        for article in question.get("relevant") or []:
            gain = (question.get("grades") or {}).get(article, 1)
            yield ir_measures.Qrel(column(question["id"]), column(article), gain)


def main(corpus, questions):
    program = os.environ.get("FOOTNOTE", "target/release/footnote")
    with tempfile.TemporaryDirectory() as folder:
        run = pathlib.Path(folder, "run")
        command = [program, "eval", "--json", "--corpus", corpus, "--questions", questions, "--run", run]
        ours = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        theirs = ir_measures.calc_aggregate(
            MEASURES.values(), list(qrels(questions)), list(ir_measures.read_trec_run(str(run)))
        )
    worst = 0.0
    for name, measure in MEASURES.items():
        difference = abs(ours[name] - theirs[measure])
        worst = max(worst, difference)
        print(f"{name:<8} footnote {ours[name]:.6f}  ir_measures {theirs[measure]:.6f}  difference {difference:.1e}")
    return int(worst > TOLERANCE)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = sys.argv[1]
    sys.exit(main(folder, pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else f"{folder}/questions.jsonl")))
