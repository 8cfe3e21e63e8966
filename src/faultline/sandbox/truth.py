"""Turns a world and its dispatches into the files of the truth. Invariant: each line is one JSON object with its keys
in a fixed order; what a measure shall recover stands in world.json."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from faultline.record.codec import encode
from faultline.sandbox.gold import gold_lines
from faultline.sandbox.page import Written
from faultline.sandbox.press import Dispatch
from faultline.sandbox.pulse import branching, offensive_days
from faultline.sandbox.world import ARMED_MARKS, World


def truth_files(world: World, written: Mapping[Dispatch, Written]) -> dict[str, str]:
    """Path inside truth/ -> content."""
    claims = [line for dispatch, text in written.items() for line in gold_lines(world, dispatch, text)]
    return {
        "world.json": json.dumps(_world(world), ensure_ascii=False, indent=1) + "\n",
        "events.jsonl": _lines({**encode(h), "killed": h.killed} for h in world.happenings),
        "states.jsonl": _lines(encode(row) for row in world.held),
        "ties.jsonl": _lines(encode(bond) for bond in world.bonds),
        "restrictions.jsonl": _lines(encode(row) for row in world.restrictions),
        "talks.jsonl": _lines(encode(h) for h in world.happenings if h.action in _TALKS),
        "lineages.jsonl": _lines(_lineage(dispatch) for dispatch in written),
        "claims.jsonl": _lines(claims),
    }


_TALKS = ("meeting", "agreement", "ceasefire_ended")


def _world(world: World) -> dict[str, Any]:
    options = {name: encode(value) for name, value in asdict(world.options).items()}
    return {
        "options": options,
        "country": world.country.name,
        "capital": world.country.capital,
        "marks": list(ARMED_MARKS),
        "branching": [[round(float(v), 6) for v in row] for row in branching(world.options)],
        "loop_gain": world.options.feedback,
        "offensives": [[str(world.options.day(n)) for n in days] for days in offensive_days(world.options)],
        "parties": [encode(party) for party in world.parties],
    }


def _lineage(dispatch: Dispatch) -> dict[str, Any]:
    return {
        "id": dispatch.id,
        "doc": dispatch.stem,
        "source": dispatch.source.id,
        "language": dispatch.language,
        "published": str(dispatch.published),
        "shown": dispatch.shown,
        "form": dispatch.form,
        "copy_of": dispatch.copy_of,
        "via": dispatch.via,
        "happening": dispatch.account.happening.id,
        "speaker": dispatch.account.speaker,
        "true": dispatch.account.happening.true,
    }


def _lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
