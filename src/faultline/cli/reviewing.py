"""The dialogue of a review: shows a question, reads a line, keeps what it decides. Invariant: nothing is kept that was
not said, each decision at once, and whatever a session did it can undo."""

from dataclasses import dataclass, field
from typing import TextIO

from faultline import desk
from faultline.publish.terminal import Sheet
from faultline.publish.terminal_review import show_question
from faultline.publish.worlds import Seen
from faultline.record.decision import Decision
from faultline.record.errors import FaultlineError, UsageError
from faultline.record.vocabulary import DecisionKind
from faultline.resolve.deciding import Reviewer, correct, on_claim, on_pair, undo
from faultline.resolve.queue import Question, questions

HELP = """same       the two speak of one happening
not        they do not
part       the left one is a part of the right one
whole      the right one is a part of the left one
accept     the left claim is read rightly           (accept2: the right one)
reject     the left claim is misread                (reject2)
correct    SLOT VALUE, of the left claim            (correct2); slots: place, actor, recipient, days, count, modality
retract    the source of the left claim took it back (retract2)
undo       take back what was decided last
skip       decide nothing here
quit       stop
Any answer may go on with ": why", as in "same: both name the bridge". First letters do: s n p w a r c u k q."""

_SHORT = {"s": "same", "n": "not", "p": "part", "w": "whole", "a": "accept", "r": "reject", "c": "correct"}
_SHORT |= {"u": "undo", "k": "skip", "q": "quit", "?": "help"}
_PAIRS = {"same": DecisionKind.SAME_AS, "not": DecisionKind.NOT_SAME, "part": DecisionKind.PART_OF}
_PAIRS |= {"whole": DecisionKind.PART_OF}
_CLAIMS = {"accept": DecisionKind.ACCEPT, "reject": DecisionKind.REJECT, "retract": DecisionKind.RETRACT}


@dataclass
class Session:
    """A review under way: what was kept so far, in order."""

    desk: desk.Desk
    seen: Seen
    reviewer: Reviewer
    sheet: Sheet
    kept: list[Decision] = field(default_factory=list)


def work_through(session: Session, answers: TextIO, limit: int) -> None:
    """Asks up to `limit` questions until `quit` or the end of the answers; says how many decisions were kept."""
    asked = questions(session.seen.world)[:limit]
    for number, question in enumerate(asked, start=1):
        show_question(session.sheet, session.seen, question, f"{number} of {len(asked)}")
        if not _settle(session, question, answers):
            break
    session.sheet.say(f"{len(session.kept)} decisions kept by {session.reviewer.by}.")


def _settle(session: Session, question: Question, answers: TextIO) -> bool:
    """Reads lines until one settles the question; False to stop."""
    while True:
        session.sheet.say("same, not, part, whole, accept, reject, correct, retract, undo, skip, quit, ? for help")
        line = answers.readline()
        verb, rest, why = _read(line)
        if not line or verb == "quit":
            return False
        if verb == "skip":
            return True
        if verb == "help":
            session.sheet.say(HELP)
            continue
        try:
            if _answer(session, question, (verb, rest), why):
                return True
        except FaultlineError as error:
            session.sheet.say(f"not kept: {error}")


def _read(line: str) -> tuple[str, str, str]:
    """Verb, what follows it, and why."""
    said, _, why = line.strip().partition(":")
    verb, _, rest = said.strip().partition(" ")
    second = "2" if verb.endswith("2") else ""
    name = verb.removesuffix("2").lower()
    return _SHORT.get(name, name) + second, rest.strip(), why.strip()


def _answer(session: Session, question: Question, said: tuple[str, str], why: str) -> bool:
    """Keeps what was decided; whether the question is settled by it. Raises UsageError for what cannot be meant."""
    verb, rest = said
    who = Reviewer(session.reviewer.by, why)
    if verb == "undo":
        _undo(session, who)
        return False
    if question.lost:
        raise UsageError("answer", verb, "skip, undo or quit", "It fits nothing any more: decide anew.")
    world = session.seen.world
    name, right = verb.removesuffix("2"), verb.endswith("2")
    claim = question.object if right and question.object else question.subject
    if name in _PAIRS and question.object and not right:
        between = (question.subject, question.object)
        made = on_pair(world, _PAIRS[name], between[::-1] if name == "whole" else between, who)
    elif name in _CLAIMS:
        made = on_claim(world, _CLAIMS[name], claim, who)
    elif name == "correct":
        slot, _, value = rest.partition(" ")
        made = correct(world, claim, (slot, value), who)
    else:
        raise UsageError("answer", repr(verb), "one of the answers", "? lists them.")
    _keep(session, made)
    return name in _PAIRS or not question.object


def _keep(session: Session, made: Decision) -> None:
    (kept,) = desk.decide(session.desk, [made])
    session.kept.append(kept)
    session.sheet.say(f"kept: {kept.kind} {kept.subject} {kept.object}".rstrip())


def _undo(session: Session, who: Reviewer) -> None:
    if not session.kept:
        raise UsageError("undo", "nothing decided in this session", "a decision")
    last = session.kept.pop()
    desk.decide(session.desk, [undo(last, who)])
    session.sheet.say(f"taken back: {last.kind} {last.subject} {last.object}".rstrip())
