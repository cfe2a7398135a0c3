"""What `instructions` and `allocations` share: the runs they count, valgrind, and the page that is written or compared with."""

import argparse
import json
import pathlib
import re
import subprocess
import sys

from measuring import write_page

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
TOLERANCE = 1.10
CASES = {
    "aws-002": "one failure, short",
    "runtime-104": "five failures in 2 kB, the densest of its size",
    "network-030": "a wrapped chain of wrappers",
    "aws-145": "no registry failure",
}


def inputs():
    """The bytes of each case."""
    lines = (ROOT / "Tests/Corpus/development.jsonl").read_text(encoding="utf-8").splitlines()
    found = {case["id"]: case["input"] for case in map(json.loads, lines)}
    return {name: found[name].encode() for name in CASES}


def valgrind(options, program, path, pattern):
    """What a pattern finds in valgrind's words on `program explain path`, as integers."""
    result = subprocess.run(["valgrind", *options, program, "explain", path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                            text=True, errors="replace", env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"})
    found = re.search(pattern, result.stderr)
    if not found:
        sys.exit(f"valgrind said nothing of {program}:\n{result.stderr[-500:]}")
    return [int(group.replace(",", "")) for group in found.groups()]


def instructions(program, path, folder):
    """How many instructions it takes to explain a file."""
    return valgrind(["--tool=callgrind", f"--callgrind-out-file={folder}/out"], program, path, r"Collected : (\d+)")[0]


def main(description, program, page, introduction, columns, measure, complaints=lambda rows: []):
    """Measures, and prints, writes down or compares.

    `columns` says how each figure is written; `measure(program)` gives the case, what it is, its bytes, and the figures; `complaints` says
    what is wrong with these, whatever was written down.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / program))
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--record", action="store_true")
    group.add_argument("--check", action="store_true")
    options = parser.parse_args()

    rows = measure(options.program)
    lines = [line([case, what, str(size), *(form.format(figure) for form, figure in zip(columns.values(), figures))])
             for case, what, size, figures in rows]
    if options.record:
        head = ["case", "what it is", "bytes", *columns]
        write_page(page, "\n".join([introduction, line(head), "|" + "---|" * len(head), *lines, ""]))
        return
    print("\n".join(lines))
    if options.check:
        compare(rows, list(columns), page)
        if found := complaints(rows):
            sys.exit("; ".join(found))


def line(cells):
    return "| " + " | ".join(cells) + " |"


def compare(rows, columns, page):
    """Ends with a sentence where a figure is more than a tenth above what the page says."""
    table = [text.strip("| ").split(" | ") for text in page.read_text("utf-8").splitlines() if text.startswith("| ")]
    written = {cells[0]: [float(cell) for cell in cells[3:]] for cells in table[1:]}
    over = [f"{case}: {column}" for case, _, _, figures in rows
            for column, figure, least in zip(columns, figures, written.get(case, [0] * len(columns))) if figure > least * TOLERANCE]
    if over:
        sys.exit(f"more than a tenth above what {page.name} says: {', '.join(over)}")
