"""Holds the knowledge base and regdiag's reports against the JSON Schemas in KnowledgeBase/schema."""

import json
import pathlib
import subprocess
import sys

from jsonschema import Draft202012Validator

BASE = pathlib.Path("KnowledgeBase")


def validator(name):
    schema = json.loads((BASE / "schema" / f"{name}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def complain(where, errors):
    for error in errors:
        print(f"{where}: {error.json_path}: {error.message[:300]}", file=sys.stderr)
    return len(errors)


def main(binary):
    wrong = 0
    for name in ("manifest", "vocabulary"):
        data = json.loads((BASE / f"{name}.json").read_text())
        wrong += complain(f"{name}.json", list(validator(name).iter_errors(data)))
    entry = validator("entry")
    entries = sorted(BASE.glob("entries/*/*/entry.json"))
    for path in entries:
        wrong += complain(path, list(entry.iter_errors(json.loads(path.read_text()))))

    report = validator("report")
    samples = [path for path in sorted(BASE.glob("entries/*/*/*.txt"))][::9]
    for path in samples:
        run = subprocess.run([binary, "explain", "--format", "json", path], capture_output=True)
        if run.returncode not in (0, 1):
            print(f"{path}: exit status {run.returncode}", file=sys.stderr)
            wrong += 1
            continue
        wrong += complain(path, list(report.iter_errors(json.loads(run.stdout))))

    # A validator that complains of nothing proves nothing.
    broken = json.loads(entries[0].read_text())
    broken["colour"] = "red"
    del broken["title"]
    if len(list(entry.iter_errors(broken))) != 2:
        print("the validator does not see a broken entry", file=sys.stderr)
        wrong += 1

    print(f"{len(entries)} entries and {len(samples)} reports, {wrong} wrong")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
