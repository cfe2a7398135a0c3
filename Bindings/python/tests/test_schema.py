"""The dataclasses and the report's JSON Schema say the same, type by type."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, Optional, Union, get_args, get_origin, get_type_hints

import pytest
import regdiag
from regdiag._decoding import json_key
from regdiag._library import Handle

BASE = Path(__file__).parents[3] / "KnowledgeBase"
SCHEMA = json.loads((BASE / "schema" / "report.schema.json").read_text(encoding="utf-8"))
SCALARS = {"string": str, "integer": int, "number": float, "boolean": bool}


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    return SCHEMA["$defs"][reference.rsplit("/", 1)[-1]] if reference else schema


def differences(schema: dict[str, Any], hint: Any, where: str = "report") -> list[str]:
    """Where a type and a schema differ, in words."""
    schema = resolved(schema)
    words = schema.get("enum")
    kinds = schema.get("type", "string")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    may_be_null = "null" in kinds or (words is not None and None in words)
    if may_be_null != (get_origin(hint) is Union):
        return [f"{where}: null in the schema: {may_be_null}, but the type is {hint}"]
    if may_be_null:
        hint, _ = get_args(hint)
    if words is not None:
        allowed = {word for word in words if word is not None}
        matches = get_origin(hint) is Literal and set(get_args(hint)) == allowed
        return [] if matches else [f"{where}: {sorted(allowed)} in the schema, {hint} here"]
    (kind,) = [kind for kind in kinds if kind != "null"]
    if kind == "array":
        if get_origin(hint) is not tuple or get_args(hint)[1] is not Ellipsis:
            return [f"{where}: an array in the schema, {hint} here"]
        return differences(schema["items"], get_args(hint)[0], f"{where}[]")
    if kind == "object" and "properties" not in schema:
        return [] if get_origin(hint) is Mapping else [f"{where}: {hint} is no mapping"]
    if kind == "object":
        return object_differences(schema, hint, where)
    return [] if hint is SCALARS[kind] else [f"{where}: {kind} in the schema, {hint} here"]


def object_differences(schema: dict[str, Any], kind: Any, where: str) -> list[str]:
    if not is_dataclass(kind):
        return [f"{where}: an object in the schema, {kind} here"]
    hints = get_type_hints(kind)
    in_json = [field for field in fields(kind) if not field.name.startswith("_")]
    by_key = {json_key(field): hints[field.name] for field in in_json if "rest" not in field.metadata}
    properties = schema["properties"]
    found = [f"{where}.{key}: only in the schema" for key in properties.keys() - by_key.keys()]
    found += [f"{where}.{key}: only in {kind}" for key in by_key.keys() - properties.keys()]
    found += [f"{where}.{key}: may be absent" for key in properties.keys() - set(schema["required"])]
    takes_rest = any("rest" in field.metadata for field in in_json)
    if takes_rest != bool(schema["additionalProperties"]):
        found.append(f"{where}: other keys in the schema: {not takes_rest}, in {kind}: {takes_rest}")
    for key in by_key.keys() & properties.keys():
        found += differences(properties[key], by_key[key], f"{where}.{key}")
    return found


def test_dataclasses_have_the_types_of_the_schema() -> None:
    assert differences(SCHEMA, regdiag.Report) == []


@pytest.mark.parametrize(
    "schema, hint",
    [
        ({"type": "string"}, int),
        ({"type": ["string", "null"]}, str),
        ({"type": "number"}, int),
        ({"type": "integer"}, bool),
        ({"enum": ["high", "low"]}, Literal["high"]),
        ({"enum": ["high", None]}, Literal["high"]),
        ({"type": "array", "items": {"type": "string"}}, tuple[int, ...]),
        ({"type": "array", "items": {"type": "string"}}, str),
        ({"type": ["object", "null"], "properties": {}}, Optional[str]),
        ({"$ref": "#/$defs/diagnosis"}, regdiag.Evidence),
        (SCHEMA["properties"]["tool"], regdiag.KnowledgeBase),
        (SCHEMA["$defs"]["registry"], Optional[regdiag.ImageReference]),
    ],
)
def test_the_comparison_sees_differences(schema: dict[str, Any], hint: Any) -> None:
    assert differences(schema, hint) != []


def unfolded(value: Any) -> Any:
    """A dataclass as the JSON it was made from."""
    if is_dataclass(value):
        document: dict[str, Any] = {}
        for field in fields(value):
            if "rest" in field.metadata:
                rest = getattr(value, field.name)
                assert not document.keys() & rest.keys()
                document.update(rest)
            elif not field.name.startswith("_"):
                document[json_key(field)] = unfolded(getattr(value, field.name))
        return document
    return [unfolded(item) for item in value] if isinstance(value, tuple) else value


def test_real_reports_lose_nothing() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(SCHEMA)
    samples = sorted(BASE.glob("entries/*/*/*.txt"))[::9]
    assert len(samples) > 200
    for sample in samples:
        report = regdiag.explain(sample.read_bytes())
        document = json.loads(report.to_json())
        assert list(validator.iter_errors(document)) == [], sample
        assert unfolded(report) == document, sample


def test_look_ups_lose_nothing() -> None:
    engine = Handle([], {})
    for query in ("429", "MANIFEST_UNKNOWN", "ecr/rate-exceeded", "manifest for", "MANIFEST_UNKOWN"):
        document = json.loads(engine.lookup(query.encode()))["lookups"][0]
        found = unfolded(regdiag.lookup(query))
        assert found["hits"] or found["nearest"]
        for hit in found["hits"]:
            assert hit.pop("withdrawn") is None
        assert found == document
