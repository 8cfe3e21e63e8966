"""Shows one question of a review: both claims side by side, each with its sentence. Invariant: a reviewer sees what the
machine saw: words, source, days, places, parties, figures, and its probability."""

from faultline.publish import words
from faultline.publish.excerpt import excerpt
from faultline.publish.incidents import mouth
from faultline.publish.names import place_name, slot_name
from faultline.publish.terminal import Sheet, add_row, table
from faultline.publish.worlds import Seen
from faultline.record.claim import Claim
from faultline.record.vocabulary import SlotName
from faultline.resolve.queue import Question

_WHY = {"pair": "one happening?", "claim": "read rightly?", "decision": "fits nothing any more"}


def show_question(sheet: Sheet, seen: Seen, question: Question, number: str) -> None:
    """The question with its one or two claims."""
    if question.lost:
        lost = question.lost
        made = table(f"{number}: a decision that fits nothing any more", "", "")
        said = (("decided", lost.kind), ("by", lost.by), ("why", lost.why), ("words", lost.quote), ("", lost.value))
        for name, value in said:
            add_row(made, name, value)
        sheet.show(made)
        return
    claims = [seen.world.claims[id] for id in (question.subject, question.object) if id]
    title = f"{number}: {_WHY[question.asks]}"
    if question.probability is not None:
        held = "joined" if question.merged else "not joined"
        title += f" The machine: {question.probability:.2f}, {held}."
    made = table(title, "", *(["left", "right"] if len(claims) == 2 else [""]))
    sides = [_side(seen, claim) for claim in claims]
    for n, (name, _) in enumerate(sides[0]):
        add_row(made, name, *(side[n][1] for side in sides))
    sheet.show(made)


def _side(seen: Seen, claim: Claim) -> list[tuple[str, str]]:
    one = mouth(seen, claim)
    report = seen.world.reports[claim.document]
    told = excerpt(report.text, claim.span)
    tolls = "; ".join(f"{words.harm(c)} {c.low}-{c.best}-{c.high}".replace("None", "") for c in claim.casualties)
    return [
        ("sentence", f"{told.before}>>{told.words}<<{told.after}"),
        ("claim", claim.id),
        ("says", f"{one.claimant} ({one.modality})"),
        ("source", f"{one.source}{', retold by Faultline' if one.retold else ''}"),
        ("taken from", " < ".join(f"{step.source} ({step.via})" for step in one.lineage)),
        ("title", report.filing.title),
        ("published", words.published(one.published)),
        ("happened", words.days(claim.days)),
        ("where", ", ".join(place_name(seen.case, place) for place in one.places)),
        ("who", _named(seen, claim, SlotName.ACTOR)),
        ("to whom", _named(seen, claim, SlotName.RECIPIENT)),
        ("what", f"{claim.kind} {words.code(claim.subtype)}"),
        ("figures", tolls),
    ]


def _named(seen: Seen, claim: Claim, name: SlotName) -> str:
    return ", ".join(slot_name(seen.case, slot) for slot in claim.slots if slot.name == name)
