"""A small folder of hand-coded reports about the template case: two languages, two halves, an analysis."""

import json
from pathlib import Path
from typing import Any

from tests.desk_case import AMBUSH

FRENCH = "Le Front du fleuve a attaqué un convoi le 3 mai 2020."
ANALYSIS = "The war has become a contest over roads. The River Front attacked a convoy on 1 May 2020."


def make_gold(folder: Path) -> Path:
    """a01 and b01 are for development, a16 is held out and an analysis; each has one line by hand, b01's is wrong."""
    (folder / "reports").mkdir(parents=True)
    for name, text, language, genre in (
        ("a01", AMBUSH, "en", "wire"),
        ("b01", FRENCH, "fr", "wire"),
        ("a16", ANALYSIS, "en", "analysis"),
    ):
        report = {"id": name, "text": text, "language": language, "genre": genre, "published": "2020-05-13"}
        (folder / "reports" / f"{name}.json").write_text(json.dumps(report), encoding="utf-8")
    lines = [
        _line("a01", AMBUSH, "Gunmen ambushed an army convoy near Tarn Ford on 12 May 2020", "event"),
        _line("b01", FRENCH, "a attaqué un convoi", "talk"),
        _line("a16", ANALYSIS, "The River Front attacked a convoy on 1 May 2020", "event"),
    ]
    (folder / "claims.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (folder / "halves.yaml").write_text('development: ".0."\nheld out: ".1."\n')
    return folder


def _line(doc: str, text: str, words: str, kind: str) -> dict[str, Any]:
    start = text.index(words)
    return {
        "doc": doc,
        "kind": kind,
        "actors": ["River Front"],
        "evidence": {"start": start, "end": start + len(words), "text": words},
        "attribution": "reporter",
        "modality": "asserted",
    }
