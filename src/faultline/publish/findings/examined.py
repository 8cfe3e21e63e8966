"""Turns an examination into text on a terminal, or JSON. Invariant: each verdict stands with
its day, its reason, what it rests on and what would change it; the article's words are shown, never its whole text."""

from collections import Counter
from collections.abc import Sequence

from rich.text import Text

from faultline.publish import words
from faultline.publish.terminal import Answer, Sheet, table
from faultline.record.examination import Asserted, Examination, Tested
from faultline.record.vocabulary import Verdict

_STYLES = {
    Verdict.SUPPORTED: "bold green",
    Verdict.CONTRADICTED: "bold red",
    Verdict.MIXED: "bold yellow",
    Verdict.CHANCE: "bold",
    Verdict.NOT_TESTABLE: "dim",
}
_MOST = 4


def print_examination(sheet: Sheet, answer: Answer, found: Examination) -> None:
    """Each assertion with its two verdicts, the slips, and how many of each verdict there are."""
    if sheet.as_json:
        sheet.rows(answer, table("", "assertion"))
        return
    console = sheet.console
    console.print(Text(f"{found.title or found.document}, published {found.published}", style="bold"))
    for one in found.asserted:
        console.print()
        console.print(Text(f"{one.form}: “{one.words}”"))
        for said, tested in _sides(one):
            console.print(_line(said, tested))
    for slip in found.slips:
        console.print()
        console.print(
            Text(f"slip ({slip.kind}): “{slip.words}”: {slip.why} {_claims(slip.claims)}".rstrip(), style="red")
        )
    console.print()
    console.print(Text(counted(found)))


def _sides(one: Asserted) -> tuple[tuple[str, Tested], ...]:
    """What to print of the two verdicts: one line where they say the same."""
    if one.unchanged:
        days = dict.fromkeys(str(day) for day in (one.then.as_of, one.now.as_of))
        return ((f"as of {' and '.join(days)}", one.now),)
    return ((f"then ({one.then.as_of})", one.then), (f"today ({one.now.as_of})", one.now))


def counted(found: Examination) -> str:
    """How many assertions have which verdict by today's evidence, and how many changed theirs."""
    counts = Counter(one.now.verdict for one in found.asserted)
    listed = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    changed = sum(one.then.verdict is not one.now.verdict for one in found.asserted)
    slips = f"{len(found.slips)} slip{'' if len(found.slips) == 1 else 's'}"
    assertions = words.counted(len(found.asserted), "assertion")
    return f"{assertions}: {listed or 'none'}; {changed} with another verdict than then; {slips}."


def _line(said: str, tested: Tested) -> Text:
    line = Text(f"  {said}: ")
    line.append(str(tested.verdict), style=_STYLES[tested.verdict])
    line.append(f": {tested.why}")
    for name, claims in (("for", tested.supporting), ("against", tested.against)):
        if claims:
            line.append(f"; {name} {_claims(claims)}")
    if tested.would_change:
        line.append(f"; would change with: {tested.would_change}")
    return line


def _claims(claims: Sequence[str]) -> str:
    if not claims:
        return ""
    more = f" and {len(claims) - _MOST} more" if len(claims) > _MOST else ""
    return f"[{', '.join(claims[:_MOST])}{more}]"
