"""What callers rely on, asked of the installed wheel."""

import copy
import dataclasses
import doctest
import importlib.metadata
import json
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import regdiag

PASTE = """\
docker pull 123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:1.2
Error response from daemon: toomanyrequests: Rate exceeded
"""
ROOT = Path(__file__).parents[1]


def test_the_installed_package_is_what_is_tested() -> None:
    assert ROOT not in Path(regdiag.__file__).parents
    assert regdiag.__version__ == importlib.metadata.version("regdiag")
    assert regdiag.__version__ == regdiag.explain("").tool.version


def test_a_text_becomes_a_report() -> None:
    report = regdiag.explain(PASTE)
    first = report.diagnoses[0]
    assert (first.id, first.confidence, first.role) == ("ecr/rate-exceeded", "high", "cause")
    assert report.facts.client == "docker"
    assert report.facts.registry is not None
    assert report.facts.registry.account == "123456789012"
    assert report.facts.reference == regdiag.ImageReference("team/app", "1.2", None)
    evidence = first.evidence[0]
    assert (evidence.line, evidence.end_line) == (2, 2)
    assert PASTE.splitlines()[1][evidence.column - 1 : evidence.end_column - 1] == evidence.text
    assert first.solutions and first.references[0].url.startswith("https://")
    assert report == regdiag.explain(PASTE.encode())


def test_other_parts_of_a_host_stand_beside_it() -> None:
    registry = regdiag.explain("docker pull team.azurecr.io/app:1\ndenied: access forbidden").facts.registry
    assert registry is not None
    assert (registry.host, registry.provider, registry.parts) == ("team.azurecr.io", "acr", {"name": "team"})


def test_nothing_recognised_is_an_answer_too() -> None:
    for text in ("", b"", "all is well", "\0"):
        assert regdiag.explain(text).diagnoses == ()


def test_bytes_may_be_anything() -> None:
    line = b"Error response from daemon: toomanyrequests: Rate exceeded"
    mangled = b"\xc3(\0 \x80\n" + PASTE.encode() + b"\xed\xa0\x80"
    assert regdiag.explain(PASTE.encode("utf-16")).input.encoding == "utf-16le"
    for text in (PASTE.encode("utf-16"), mangled, b"\xe9t\xe9\n" + line, bytes(range(256)) + b"\n" + line):
        ids = [found.id for found in regdiag.explain(text).diagnoses]
        assert {"ecr/rate-exceeded", "oci/too-many-requests"} & set(ids), text


def test_strings_may_hold_halves_of_characters() -> None:
    escaped = b"caf\xe9\n".decode("utf-8", "surrogateescape") + PASTE
    assert regdiag.explain(escaped) == regdiag.explain(b"caf\xe9\n" + PASTE.encode())
    assert regdiag.explain("\ud800\n" + PASTE).diagnoses[0].id == "ecr/rate-exceeded"


def test_no_more_diagnoses_than_asked_for() -> None:
    text = PASTE + "Error: pull access denied for a/b, repository does not exist or may require 'docker login'\n"
    everything = regdiag.explain(text)
    assert len(everything.diagnoses) > 1
    assert regdiag.explain(text, max_diagnoses=(1 << 64) + 1) == everything
    limited = regdiag.explain(text, max_diagnoses=1)
    assert limited.diagnoses == everything.diagnoses[:1]
    assert len(json.loads(limited.to_json())["diagnoses"]) == 1


def test_codes_are_looked_up() -> None:
    hits = regdiag.lookup("MANIFEST_UNKNOWN").hits
    assert "oci/manifest-unknown" in [hit.id for hit in hits]
    assert {hit.basis for hit in hits} == {"code"}
    unknown = regdiag.lookup("MANIFEST_UNKOWN")
    assert (unknown.hits, unknown.nearest) == ((), ("MANIFEST_UNKNOWN",))


def test_a_withdrawn_entry_says_what_to_see_instead() -> None:
    hit = {
        "id": "a/b", "title": "B", "status": "withdrawn", "role": "wrapper",
        "registry": [], "codes": ["B"], "basis": "id",
        "withdrawn": {"since": "2026.11.0", "reason": "Nobody prints it.", "replacedBy": "a/c"},
    }  # fmt: skip
    answer = json.dumps({"lookups": [{"query": "a/b", "hits": [hit], "nearest": []}]})
    withdrawn = regdiag.Withdrawal("2026.11.0", "Nobody prints it.", "a/c")
    assert regdiag.LookupResult.from_json(answer).hits[0].withdrawn == withdrawn


# Entries of one's own


def own_entry(folder: Path) -> Path:
    entry = folder / "own" / "quota"
    entry.mkdir(parents=True)
    text = "error: our registry says that the quota is used up"
    (entry / "match-full.txt").write_text(text, encoding="utf-8")
    (entry / "nomatch-well.txt").write_text("all is well", encoding="utf-8")
    fields = {
        "id": "own/quota", "title": "Our registry is full", "summary": "The quota is used up.",
        "status": "stable", "codes": ["OUR_QUOTA"], "role": "cause", "retry": "after-fix", "severity": "error",
        "match": {"any": ["our registry says that the quota is used up"]},
        "causes": [{"id": "full", "text": "It is full."}], "solutions": [{"text": "Delete images."}],
        "examples": [{"file": "match-full.txt"}], "nonExamples": [{"file": "nomatch-well.txt"}],
        "references": [{"title": "Quota", "url": "https://example.com/quota"}],
        "history": {"added": "2026.11.0", "modified": "2026.11.0"},
    }  # fmt: skip
    (entry / "entry.json").write_text(json.dumps(fields), encoding="utf-8")
    return folder


def test_an_engine_knows_entries_of_ones_own(tmp_path: Path) -> None:
    text = "error: our registry says that the quota is used up"
    folder = own_entry(tmp_path)
    with regdiag.Engine(folder) as engine:
        assert engine.warnings == ()
        assert engine.explain(text).diagnoses[0].id == "own/quota"
        assert engine.lookup("OUR_QUOTA").hits[0].title == "Our registry is full"
        assert engine.explain(PASTE).diagnoses[0].id == "ecr/rate-exceeded"
    for knowledge in (folder, str(folder), [folder], (str(folder / "own"),)):
        assert regdiag.explain(text, knowledge=knowledge).diagnoses[0].id == "own/quota"
    assert regdiag.explain(text).diagnoses == ()


def test_entries_may_be_in_memory(tmp_path: Path) -> None:
    text = "error: our registry says that the quota is used up"
    json_text = (own_entry(tmp_path) / "own" / "quota" / "entry.json").read_text(encoding="utf-8")
    for given in (json_text, json_text.encode()):
        assert regdiag.Engine(entries={"ours": given}).explain(text).diagnoses[0].id == "own/quota"
    renamed = json_text.replace("own/quota", "own/later")
    both = regdiag.Engine(tmp_path, entries={"later": renamed, "row 7": '{ "id": 1'})
    assert {hit.id for hit in both.lookup("OUR_QUOTA").hits} == {"own/quota", "own/later"}
    [warning] = [warning for warning in both.warnings if warning.startswith("row 7:1:")]
    assert warning in both.explain(PASTE).warnings
    with pytest.raises(regdiag.RegdiagError, match="^cannot read 'big': the entry is larger than 4 MiB"):
        regdiag.Engine(entries={"big": b" " * (5 << 20)})
    with pytest.raises(ValueError, match="null"):
        regdiag.Engine(entries={"a\0b": json_text})


def test_broken_entries_are_skipped_and_told(tmp_path: Path) -> None:
    folder = own_entry(tmp_path)
    broken = folder / "own" / "broken"
    broken.mkdir()
    (broken / "entry.json").write_text('{ "id": 1', encoding="utf-8")
    with regdiag.Engine([folder]) as engine:
        assert any("broken/entry.json" in warning for warning in engine.warnings)
        assert set(engine.warnings) <= set(engine.explain(PASTE).warnings)
    assert regdiag.Engine().warnings == ()


def test_what_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(regdiag.RegdiagError, match="^cannot read '.*nowhere'"):
        regdiag.Engine(tmp_path / "nowhere")
    with pytest.raises(regdiag.RegdiagError, match="cannot read"):
        regdiag.explain(PASTE, knowledge=[tmp_path / "nowhere"])


def test_a_closed_engine_says_so() -> None:
    engine = regdiag.Engine()
    engine.close()
    engine.close()
    with pytest.raises(regdiag.RegdiagError, match="the engine is closed"):
        engine.explain(PASTE)
    with pytest.raises(regdiag.RegdiagError, match="the engine is closed"):
        engine.lookup("429")


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(TypeError, match="str or bytes, not int"):
        regdiag.explain(7)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="1 or more, not 0"):
        regdiag.explain("", max_diagnoses=0)
    with pytest.raises(ValueError, match="null byte"):
        regdiag.lookup("429\0")
    with pytest.raises(ValueError, match="null byte"):
        regdiag.Engine("a\0b")


# Values


def test_reports_are_values() -> None:
    report = regdiag.explain(PASTE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.diagnoses[0].title = "other"  # type: ignore[misc]
    assert report == copy.deepcopy(report) == pickle.loads(pickle.dumps(report))
    assert len({report, regdiag.explain(PASTE), regdiag.explain("")}) == 2
    assert regdiag.Report.from_json(report.to_json()) == report
    assert "_json" not in repr(report)


def test_keys_that_a_later_version_adds_are_passed_over() -> None:
    report = regdiag.explain(PASTE)
    document = json.loads(report.to_json())
    document["colour"] = "red"
    document["schemaVersion"] = "1.9"
    document["diagnoses"][0]["evidence"][0]["colour"] = ["red"]
    later = regdiag.Report.from_json(json.dumps(document))
    assert later.diagnoses == report.diagnoses
    assert json.loads(later.to_json())["colour"] == "red"


@pytest.mark.parametrize(
    "text, message",
    [
        ("{", "this is no JSON"),
        ("[]", "the document must be an object"),
        ("{}", "of schema version 1, but of None"),
        ('{"schemaVersion": "2.0"}', "of schema version 1, but of 2.0"),
        ('{"schemaVersion": "1.0"}', "Report.tool must be given"),
        ('{"schemaVersion": "1.0", "tool": []}', "Report.tool must be an object"),
        ('{"schemaVersion": "1.0", "tool": {"name": 1}}', "Tool.name must be str, but is 1"),
    ],
)
def test_what_is_no_report_is_refused(text: str, message: str) -> None:
    with pytest.raises(regdiag.RegdiagError, match=message):
        regdiag.Report.from_json(text)


def test_secrets_do_not_come_back() -> None:
    token = "ghp_" + "a1B2" * 9
    password = "hunter2-" + "xyz" * 5
    login = f"echo {token} | docker login ghcr.io -u me -p {password}\n"
    report = regdiag.explain(login + f"Error: denied: toomanyrequests: Rate exceeded {token}\n" + PASTE)
    assert report.diagnoses
    for written in (report.to_json(), repr(report)):
        assert token not in written and password not in written


# Threads, sizes, memory


def test_eight_threads_share_an_engine() -> None:
    texts = [PASTE, "manifest for nginx:9.9 not found: manifest unknown", "nothing", PASTE * 50]
    expected = [regdiag.explain(text) for text in texts]
    start = threading.Barrier(8)
    with regdiag.Engine() as engine:

        def ask(number: int) -> bool:
            start.wait()
            return all(
                engine.explain(texts[turn % 4]) == expected[turn % 4] for turn in range(number, number + 100)
            )

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(ask, range(8)))


def test_an_engine_may_be_closed_while_it_works() -> None:
    engine = regdiag.Engine()
    text = b"a line of a log that says nothing at all\n" * 500_000 + PASTE.encode()
    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(engine.explain, text) for _ in range(4)]
        engine.close()
        for future in running:
            try:
                assert future.result().diagnoses[0].id == "ecr/rate-exceeded"
            except regdiag.RegdiagError as error:
                assert str(error) == "the engine is closed"


def test_a_process_may_end_while_its_threads_work() -> None:
    program = """
import threading, time, regdiag
def work():
    while True:
        regdiag.explain("toomanyrequests: Rate exceeded")
for _ in range(4):
    threading.Thread(target=work, daemon=True).start()
time.sleep(0.05)
print("ended")
"""
    for _ in range(5):
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
        assert (run.returncode, run.stdout, run.stderr) == (0, "ended\n", "")


def test_a_big_text_is_read_to_its_end() -> None:
    line = "2026-11-21T10:00:00Z INFO served /v2/team/app/manifests/1.2 with 200 in 12 ms\n"
    text = line * 700_000 + PASTE
    report = regdiag.explain(text)
    assert report.input.bytes == len(text) > 50_000_000
    assert report.diagnoses[0].id == "ecr/rate-exceeded"
    assert report.diagnoses[0].evidence[0].line == 700_002


def resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def test_memory_does_not_grow() -> None:
    with regdiag.Engine() as engine:
        for _ in range(1_000):
            engine.explain(PASTE)
        before = resident_bytes()
        for _ in range(10_000):
            engine.explain(PASTE)
        assert resident_bytes() - before < 4 << 20


def test_engines_are_closed_when_nobody_holds_them(tmp_path: Path) -> None:
    folder = own_entry(tmp_path)
    for _ in range(2):
        regdiag.Engine(folder)
    before = resident_bytes()
    for _ in range(6):
        regdiag.Engine(folder)
    assert resident_bytes() - before < 8 << 20


# Documentation


@pytest.mark.parametrize("module", [regdiag, regdiag._engine])
def test_examples_of_the_modules_hold(module: object) -> None:
    results = doctest.testmod(module, extraglobs={"regdiag": regdiag})  # type: ignore[arg-type]
    assert results.attempted and not results.failed


def test_the_transcript_of_the_readme_holds() -> None:
    results = doctest.testfile(
        str(ROOT / "README.md"), module_relative=False, encoding="utf-8", optionflags=doctest.ELLIPSIS
    )
    assert results.attempted > 5 and not results.failed
