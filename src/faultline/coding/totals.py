"""Marks tolls of a period as running totals ("since March", "depuis le début de l'offensive"). Invariant: a toll of one
happening is never marked; a total says since when: its first day where the words give one, else these words."""

from dataclasses import replace

from faultline.coding.draft import Draft
from faultline.record.vocabulary import Kind

_PERIOD = 45  # days; longer than the fights of one happening
_WORDS = 8  # of what follows "since"


def mark_totals(draft: Draft) -> None:
    """Sets since when the tolls of a draft run, where they are of a period. To be asked before open ends are closed."""
    since = _since(draft) if draft.tolls and draft.frame.kind in (Kind.QUANTITY, Kind.EVENT) else ""
    if since:
        draft.tolls = [replace(t, casualties=replace(t.casualties, cumulative_since=since)) for t in draft.tolls]


def _since(draft: Draft) -> str:
    days = draft.days
    if days.first_day and not draft.days_inherited:
        long = days.length is None or (days.length > _PERIOD and draft.frame.kind == Kind.QUANTITY)
        return days.first_day.isoformat() if long else ""
    line = draft.line
    words = line.pack.days["tense"]["since"]
    n = next((n for n in range(draft.first, len(line.tokens)) if line.low(n) in words and line.at[n] < 0), -1)
    inside = n >= 0 and all(line.low(k) not in (";", ":") for k in range(draft.first, n))
    if not inside or draft.frame.kind != Kind.QUANTITY:
        return ""
    last = n + 1
    while last < min(n + 1 + _WORDS, len(line.tokens)) and line.low(last) not in (",", ";", ":", "."):
        last += 1
    return " ".join(t.text for t in line.tokens[n + 1 : last])
