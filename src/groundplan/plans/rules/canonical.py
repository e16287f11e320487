"""A plan as canonical JSON: the same graph gives the same bytes, and the bytes give the graph."""

import hashlib
import json
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from groundplan.plans.contracts import AnyPart, Graph, PlanHead, Signature

from .typing import Json, as_json, graph_of, kind_of, part_of, values_of

FORMAT = 1
"""Counts changes of the form, so that plans frozen years ago can still be read."""
_DATES = ("starts_on", "ends_on", "next_review_on")
_UIDS = ("uid", "parent")


def as_document(graph: Graph) -> dict[str, Any]:
    """The whole graph, suggestions included, as values that JSON has."""
    return {
        "format": FORMAT,
        "plan": _head_values(graph.plan),
        "parts": [_part_values(part) for part in graph.parts()],
    }


def canonical(graph: Graph) -> str:
    """The graph's document with sorted keys and no spaces."""
    whole = as_document(graph)
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def checksum(text: str) -> str:
    """SHA-256 of canonical JSON, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def graph_from(text: str) -> Graph:
    """The graph that `canonical` wrote. Raises ValueError where the form is unknown."""
    whole = json.loads(text)
    if whole.get("format") != FORMAT:
        raise ValueError(f"plans are kept in form {FORMAT}, not {whole.get('format')}")
    return graph_of(_head(whole["plan"]), [(one["kind"], _part(one)) for one in whole["parts"]])


def _head_values(plan: PlanHead) -> dict[str, Json]:
    found: dict[str, Json] = {
        one.name: as_json(getattr(plan, one.name))
        for one in fields(PlanHead)
        if one.name != "signatures"
    }
    found["signatures"] = [
        {one.name: as_json(getattr(signature, one.name)) for one in fields(Signature)}
        for signature in plan.signatures
    ]
    return found


def _head(values: dict[str, Any]) -> PlanHead:
    read = dict(values)
    for name in _DATES:
        read[name] = date.fromisoformat(read[name]) if read[name] else None
    for name in _UIDS:
        read[name] = UUID(read[name]) if read[name] else None
    read["signatures"] = tuple(Signature(**one) for one in read["signatures"])
    return PlanHead(**read)


def _part_values(part: AnyPart) -> dict[str, Json]:
    kind = kind_of(part)
    return {
        "kind": kind,
        "uid": str(part.uid),
        "title": part.title,
        "parent": as_json(part.parent),
        "position": part.position,
        "is_suggested": part.is_suggested,
        "version": part.version,
        "values": values_of(kind, part),
    }


def _part(one: dict[str, Any]) -> AnyPart:
    base = {
        "uid": UUID(one["uid"]),
        "title": one["title"],
        "parent": UUID(one["parent"]) if one["parent"] else None,
        "position": one["position"],
        "is_suggested": one["is_suggested"],
        "version": one["version"],
    }
    return part_of(one["kind"], base, one["values"])
