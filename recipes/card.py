"""Turns what was trained into its card, for machines (card.json) and people (MODEL.md). Invariant: every figure in
MODEL.md stands in card.json, and no path of the machine in either."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from recipes.scores import Scores

NAMES = {"en": "English", "fr": "French"}
ATTRIBUTION = {
    "en_ewt": (
        "Universal Dependencies English EWT, by its contributors (github.com/UniversalDependencies/UD_English-EWT), on "
        "the English Web Treebank (LDC2012T13): CC BY-SA 4.0"
    ),
    "fr_sequoia": (
        "Universal Dependencies French Sequoia, by its contributors "
        "(github.com/UniversalDependencies/UD_French-Sequoia): LGPL-LR"
    ),
    "fr_gsd": (
        "Universal Dependencies French GSD, by its contributors (github.com/UniversalDependencies/UD_French-GSD): "
        "CC BY-SA 4.0"
    ),
}
_LIMITS = {
    "en": (
        "Web text of 2001-2012 (e-mail, reviews, answers, newsgroups, weblogs), little of it news. Hyphens between "
        "words are words of their own. What errs most: where a prepositional phrase, a clause or a coordination hangs."
    ),
    "fr": (
        "Small: 3,707 sentences (regional newspaper, Europarl, medicine notices, Wikipedia, web). The training part of "
        "French GSD was not at hand: its development part is trained on, its test part held out. “du”, “des”, “au” and "
        "“aux” are one word with the analysis of their preposition."
    ),
}


def write_card(folder: Path, facts: Mapping[str, Any], raw: Mapping[str, Scores], gold: Mapping[str, Scores]) -> None:
    """Writes card.json and MODEL.md. `facts` describes the run; scores are by treebank file."""
    treebanks = [*facts["train"], *facts["develop"], *facts["held_out"]]
    used = [text for prefix, text in ATTRIBUTION.items() if any(name.startswith(prefix) for name in treebanks)]
    card = {
        **facts,
        "attribution": used,
        "limits": _LIMITS[facts["language"]],
        "raw": {name: asdict(scores) for name, scores in raw.items()},
        "gold_words": {name: asdict(scores) for name, scores in gold.items()},
    }
    card["bytes"] = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not _is_card(path))
    (folder / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (folder / "MODEL.md").write_text(_page(card), encoding="utf-8")


def _is_card(path: Path) -> bool:
    return path.name in ("card.json", "MODEL.md")


def _page(card: Mapping[str, Any]) -> str:
    language = card["language"]
    lines = [
        f"# {NAMES[language]} parser",
        "",
        (
            "A spaCy pipeline without word vectors: parts of speech with features, dependencies, lemmas. "
            f"Trained by the Faultline project on {card['date']}; {card['bytes'] / 1e6:.1f} MB; spaCy {card['spacy']}."
        ),
        "",
        "## Data and licence",
        "",
        *[f"- {text}" for text in card["attribution"]],
        "",
        (
            f"Trained on {', '.join(card['train'])}; recipes compared on {', '.join(card['develop'])}; "
            f"held out from both: {', '.join(card['held_out'])}. "
            f"The weights are under {card['licence']}, with the attribution above."
        ),
        "",
        "## Scores (F1 in percent, punctuation counted, sentences given)",
        "",
        *_table("raw text, our own words", card["raw"]),
        "",
        *_table("the treebank's words", card["gold_words"]),
        "",
        "## Limits",
        "",
        card["limits"],
        "",
        "## Retrain",
        "",
        f"    {card['retrain']}",
        "",
        (
            f"Seed {card['seed']}, {card['epochs']} epochs, one thread, {card['minutes']} minutes, "
            f"thinc {card['thinc']}, numpy {card['numpy']}."
        ),
        "",
    ]
    return "\n".join(lines)


def _table(title: str, scores: Mapping[str, Mapping[str, Any]]) -> list[str]:
    columns = ("words", "tokens_f1", "upos", "features", "lemmas", "uas", "las", "las_universal")
    head = [f"| {title} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    return head + [f"| {name} | {' | '.join(str(row[c]) for c in columns)} |" for name, row in scores.items()]
