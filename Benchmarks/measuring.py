"""What the scripts share that time programs and write pages: processes, medians, tables."""

import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent
# Kinds of `adversarial`.
HOSTILE = {"triggers": "words of patterns, one after the other", "almost-examples": "examples, the last word of each line spoiled",
           "almost-patterns": "what patterns look for, the last word spoiled", "open-gaps": "beginnings of patterns with gaps, never closed",
           "endless-line": "a healthy log without line ends", "endless-failure": "the same with one failure in it",
           "one-failure": "one failing line over and over", "references": "hosts and references only", "random": "random bytes",
           "escapes": "escape sequences of terminals", "quoted-json": "failures in JSON in JSON, up to eight deep"}
PASTE = "1000K"  # less than the window that is looked at whole
HOSTILE_BOUND = 3  # times the cost per byte of a healthy paste


def say(text):
    print(text, file=sys.stderr, flush=True)


def write_page(path, text):
    """Writes a page whole or not at all: a run that is interrupted, or a full disk, leaves the old one."""
    page = pathlib.Path(path)
    if page.is_symlink() or page.exists() and not page.is_file():
        # Not ours to replace: a terminal, the standard output under its name.
        page.write_text(text, encoding="utf-8")
        return
    part = page.with_name(f"{page.name}.{os.getpid()}")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(page)
    finally:
        part.unlink(missing_ok=True)


def started(command, source=os.devnull, target=os.devnull, environment=None):
    """The process of a command; standard error is thrown away."""
    actions = [(os.POSIX_SPAWN_OPEN, 0, source, os.O_RDONLY, 0),
               (os.POSIX_SPAWN_OPEN, 1, target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
               (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    return os.posix_spawn(command[0], command, environment or os.environ, file_actions=actions)


def wait_for(child, name):
    """Waits for a process; the status is the caller's affair unless it is that of a broken program."""
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1, 2):
        raise SystemExit(f"{name} ended with {os.waitstatus_to_exitcode(status)}")


def timed(command, source=os.devnull, target=os.devnull, environment=None):
    """Seconds from the start of a process to its end."""
    start = time.perf_counter()
    wait_for(started(command, source, target, environment), command[0])
    return time.perf_counter() - start


def timed_together(commands):
    """Seconds from the start of some processes at once to the end of the last."""
    start = time.perf_counter()
    for child, command in [(started(command), command) for command in commands]:
        wait_for(child, command[0])
    return time.perf_counter() - start


def output(command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options)


def median(values):
    return statistics.median(values) if values else None


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(["---"] + ["---:"] * (len(head) - 1)) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def number(value, unit=""):
    """Three digits, or a dash for what was not measured."""
    if value is None:
        return "–"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return (f"{value:,.{digits}f}" if value >= 0.1 else f"{value:.2g}") + unit


def times(value):
    return "–" if value is None else number(value, "×")


def ratio(ours, theirs):
    return None if ours is None or not theirs else ours / theirs


def spaced(size):
    return f"{size[:-1]} {size[-1]}B".replace("KB", "kB")


def size_in_bytes(text):
    return int(text[:-1]) * {"K": 10**3, "M": 10**6, "G": 10**9}[text[-1]]


def generate(kind, size, path, seed, every="1M"):
    run = output([HERE / "generate", kind, size, path, "--seed", str(seed), "--every", every], check=True)
    with open(path, "rb") as file:  # into the page cache
        while file.read(1 << 24):
            pass
    return json.loads(run.stdout)


def check(report, planted):
    """What regdiag's report says of the failures that were planted: what is wrong, and what it names besides."""
    named = {d["id"]: d for d in json.loads(report)["diagnoses"]}
    lines = {}
    for plant in planted["planted"]:
        lines.setdefault(plant["id"], []).append(range(plant["line"], plant["line"] + plant["lines"]))
    wrong = []
    for identifier, count in planted["ids"].items():
        found = named.get(identifier)
        if not found:
            wrong.append(f"{identifier}: not named")
        elif found["occurrences"] != count:
            wrong.append(f"{identifier}: {found['occurrences']} occurrences of {count}")
        elif not all(any(e["line"] in place for place in lines[identifier]) for e in found["evidence"]):
            wrong.append(f"{identifier}: evidence on another line")
    others = {identifier: d["occurrences"] for identifier, d in named.items() if identifier not in planted["ids"]}
    return wrong, others


def peak_megabytes(gnu_time, command, folder, target=os.devnull):
    """The peak of a process's resident set, and its seconds. GNU time is small: a process's peak begins with that of its parent."""
    peak = str(folder / "peak.txt")
    seconds = timed([gnu_time, "-o", peak, "-f", "%M", *command], target=target)
    return int(pathlib.Path(peak).read_text().split()[-1]) * 1024 / 1e6, seconds


def machine():
    name, memory = platform.processor() or platform.machine(), None
    try:
        name = next(l.split(":", 1)[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name"))
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, StopIteration, ValueError):
        pass
    return f"{name}, {os.cpu_count()} cores" + (f", {memory / 2**30:.0f} GiB of memory" if memory else "") + \
        f", {platform.system()} {platform.release().split('-')[0]} ({platform.machine()})"


def is_dynamic(path):
    with open(path, "rb") as file:
        return b"/ld-" in file.read(1 << 16) or sys.platform == "darwin"


def warn_of_an_old(program):
    """Warns where a source is younger than the program that is to be measured."""
    built = os.stat(program).st_mtime
    sources = [path for folder in ("Sources", "KnowledgeBase") for path in (REPOSITORY / folder).rglob("*.*") if path.is_file()]
    youngest = max(sources, key=lambda path: path.stat().st_mtime)
    if youngest.stat().st_mtime > built:
        print(f"warning: {program} is older than {youngest.relative_to(REPOSITORY)}; build it again, or name another with --program",
              file=sys.stderr)


def find_program(given):
    for path in [given] if given else [REPOSITORY / ".build-static/release/regdiag", REPOSITORY / ".build/release/regdiag"]:
        if os.access(path, os.X_OK):
            warn_of_an_old(path)
            return str(pathlib.Path(path).resolve())
    raise SystemExit("there is no regdiag to measure: build it (README.md of the repository), or name it with --program")
