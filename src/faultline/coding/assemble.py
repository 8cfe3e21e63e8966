"""Turns the drafts and tolls of one line into the drafts that become claims. Invariant: a toll inside the span of its
event is a slot of that event, any other toll a quantity of its own; no two drafts state the same words."""

from collections.abc import Sequence
from dataclasses import replace

from faultline.coding.blame import ACCUSING, blame_drafts, content_of
from faultline.coding.doubles import without_doubles
from faultline.coding.draft import Draft, fill
from faultline.coding.extent import trimmed
from faultline.coding.frames import Reading, verbal_drafts
from faultline.coding.frames_nominal import nominal_drafts
from faultline.coding.lexicon import QUANTITY, load_frames
from faultline.coding.line import Line
from faultline.coding.losses import admits, losers_of, tells_own_loss
from faultline.coding.roles import clause_of
from faultline.coding.said import Said
from faultline.coding.scene import set_days, set_places
from faultline.coding.tally import tallies
from faultline.coding.tolls import Toll, find_tolls
from faultline.coding.verbs import in_conditional
from faultline.record.vocabulary import Kind, Modality

_QUOTES = frozenset({'"', "«", "“"})
_OPINION = frozenset({Kind.ASSESSMENT})


def drafts_of(reading: Reading) -> list[Draft]:
    """The drafts of a line, tolls attached, in the order of their words."""
    blamed = blame_drafts(reading)
    verbal = [d for d in verbal_drafts(reading) if not any(d.trigger == b.trigger for b in blamed)]
    nominal = nominal_drafts(reading)
    presupposed = [d for d in nominal if d.silent]  # they make no claim, but say who fought whom
    drafts = without_doubles([*verbal, *(d for d in nominal if not d.silent)]) + blamed
    drafts = _without_content(_without_told_help(drafts), reading)
    for toll in _of_content(find_tolls(reading.line), reading):
        if not any(
            d.frame.opens and d.trigger < toll.chunk.first < d.last and d.frame.modality in _UNREAL for d in drafts
        ):
            _attach(toll, drafts, reading)
    drafts = tallies(reading, [d for d in drafts if d.tolls or d.frame.id != "leave_dead"])
    drafts = _weightiest(drafts)
    drafts = [d for d in drafts if not (d.negated and d.frame.kind == Kind.EVENT and d.frame.action not in _DENIABLE)]
    for draft in drafts:
        set_places(draft, reading)
        set_days(draft, reading)
        outlook(draft)
        if draft.frame.id in ACCUSING:
            draft.content = content_of(draft, reading)
    return sorted([*drafts, *presupposed], key=lambda d: (d.first, d.last))


def _of_content(tolls: list[Toll], reading: Reading) -> list[Toll]:
    """Tolls without those who speak: "according to one of the survivors"."""
    sources = [(s.source_first, s.source_last) for s in reading.speech if s.verb < 0]
    return [t for t in tolls if not any(a <= t.chunk.first and t.chunk.last <= b for a, b in sources)]


_UNREAL = frozenset({Modality.DENIED, Modality.THREATENED, Modality.PLANNED, Modality.DEMANDED})
_DENIABLE = frozenset({"assault", "take", "withdraw", "blockade", "yield"})  # what did not happen and yet is told
_HELD = frozenset({"captured", "kidnapped", "freed", "held"})
_OUTLOOK = {"planned": Kind.INTENT, "hypothetical": Kind.PREDICTION}


def _likely(draft: Draft) -> bool:
    words = draft.line.pack.words["likely"]
    return any(draft.line.low(n) in words for n in range(draft.first, draft.last))


def outlook(draft: Draft) -> None:
    """What will or may happen has not: an intent or a prediction."""
    meaning = draft.line.pack.status["modals"].get(draft.modal, "")
    likely = _likely(draft) and (draft.frame.id != "state" or bool(draft.modal))  # "is probably not the case" judges
    if draft.frame.kind == Kind.ASSESSMENT and (meaning == "planned" or likely):
        draft.frame = replace(draft.frame, kind=Kind.PREDICTION, modality=Modality.HYPOTHETICAL)
    if (
        draft.frame.kind in (Kind.EVENT, Kind.TALK, Kind.CONTROL, Kind.RELATION)
        and meaning in _OUTLOOK
        and not draft.negated
    ):
        draft.frame = replace(draft.frame, kind=_OUTLOOK[meaning])


def settle_future(draft: Draft, said: Said | None) -> None:
    """ "a annoncé qu'il quitterait X": the plain conditional behind "que" is the future of what was said; that of the
    press ("auraient quitté", "selon X, quitterait") is not."""
    behind = said is not None and said.verb >= 0 and said.about and draft.rule.startswith(("verb", "clause"))
    french = draft.line.pack.language == "fr" and not draft.modal
    if behind and french and in_conditional(draft.line, draft.line.low(draft.trigger)):
        draft.conditional, draft.modal = False, "future"
        outlook(draft)


def _without_content(drafts: list[Draft], reading: Reading) -> list[Draft]:
    """What a verb of denial, threat, plan or fear governs is its content: part of its span, no claim of its own."""
    line = reading.line
    drafts = _without_decrees(drafts)
    for opener in [d for d in drafts if d.frame.opens and not d.rule.startswith("participle")]:
        end = clause_of(reading.clauses, opener.trigger).last
        relative = clause_of(reading.clauses, opener.trigger).relative
        if _governs(line, opener) and not relative:
            while end < len(line.tokens) and (line.low(end) not in (";", ":") or line.low(end + 1) in _QUOTES):
                if any(s.source_first == end and s.verb != opener.trigger for s in reading.speech) or _new_statement(
                    reading, opener, end
                ):
                    break
                end += 1
        planned = [d for d in drafts if _is_planned(d, opener, reading)]
        article = line.pack.words["determiners"]
        first = min([opener.first, *(d.trigger - (line.low(d.trigger - 1) in article) for d in planned)])
        opener.first, opener.last = trimmed(line, first, max(end, opener.trigger + 1))
        drafts = [d for d in drafts if d is opener or not (opener.trigger < d.trigger < end or d in planned)]
    return drafts


def _is_planned(draft: Draft, opener: Draft, reading: Reading) -> bool:
    """ "The withdrawal of X is scheduled for June": a happening that is the subject of its plan has not come about."""
    if opener.frame.kind not in (Kind.INTENT, Kind.PREDICTION) or not draft.rule.startswith("noun"):
        return False
    clause = clause_of(reading.clauses, opener.trigger)
    inside = clause.first <= draft.trigger < opener.trigger and draft.last > opener.trigger
    return inside and draft.frame.kind in (Kind.EVENT, Kind.TALK, Kind.RELATION)


def _without_told_help(drafts: list[Draft]) -> list[Draft]:
    """Help that the happening itself tells: who helped is one of its actors."""
    acts = [d for d in drafts if d.frame.kind == Kind.EVENT]
    return [
        d
        for d in drafts
        if not (
            d.frame.id == "coordination"
            and d.rule.startswith("noun")
            and any({f.span for f in d.recipients} <= {f.span for f in a.actors} for a in acts)
        )
    ]


def _without_decrees(drafts: list[Draft]) -> list[Draft]:
    """ "ordered the closure of X", "agreed to an embargo": what is put in force is told, not that it was decided."""
    forces = [d for d in drafts if d.frame.kind == Kind.RESTRICTION]
    ends = [d.trigger for d in drafts if d.frame.id == "siege_lifted"]
    drafts = [d for d in drafts if not (d.frame.id == "imposed" and any(d.trigger < n < d.last for n in ends))]
    return [
        d
        for d in drafts
        if not (
            (d.frame.kind == Kind.TALK or d.frame.id in ("election", "plan"))
            and d.line.low(d.trigger) in d.line.pack.words["decreeing"]
            and any(d.first <= r.trigger < d.last or r.first == d.first for r in forces)
        )
    ]


def _governs(line: Line, opener: Draft) -> bool:
    """Whether a clause or infinitive follows: "denied that", "plans to", "menace de"."""
    words = (
        line.pack.words["that"]
        | line.pack.words["infinitive_marks"]
        | line.pack.words["of"]
        | line.pack.words["perfect"]
    )
    return any(line.low(n) in words for n in range(opener.trigger + 1, min(opener.trigger + 8, len(line.tokens))))


def _new_statement(reading: Reading, opener: Draft, at: int) -> bool:
    """Whether a new main clause begins at a token: after "; ", ", and" or ", but" with a finite verb of its own."""
    clause = clause_of(reading.clauses, at)
    if clause.first != at or at == clause_of(reading.clauses, opener.trigger).first:
        return False
    before = reading.line.low(at - 1)
    if clause.relative and before == ",":
        return True  # "will meet X on Monday, where the two will discuss ..."
    finite = any(g.mood == "finite" and clause.first <= g.head < clause.last for g in reading.groups)
    return (
        finite
        and (before in reading.line.pack.words["coordinators"] or clause.opener == ",")
        and reading.line.low(at - 2) == ","
    )


def _weightiest(drafts: list[Draft]) -> list[Draft]:
    """Minor happenings and opinions only where the sentence states nothing weightier."""
    weighty = [d for d in drafts if not d.frame.minor and d.frame.kind not in _OPINION]
    if not weighty:
        return drafts
    return [d for d in drafts if not (d.frame.minor and not d.tolls and _near(d, weighty)) and d.frame.id != "assess"]


def _near(draft: Draft, weighty: Sequence[Draft]) -> bool:
    """Whether something weightier stands in the same part of the sentence, between semicolons."""
    line = draft.line
    parts = {n for n in range(len(line.tokens)) if line.low(n) == ";"}
    return any(
        w.frame.kind in (Kind.EVENT, Kind.QUANTITY, Kind.TALK, Kind.CONTROL)
        and not any(min(w.trigger, draft.trigger) < n < max(w.trigger, draft.trigger) for n in parts)
        for w in weighty
    )


def _attach(toll: Toll, drafts: list[Draft], reading: Reading) -> None:
    accusing = next((d for d in drafts if d.frame.id in ACCUSING and d.trigger < toll.chunk.first < d.last), None)
    if accusing is not None and not accusing.silent:
        accusing.tolls.append(toll)
        return
    named = next((d for d in drafts if d.trigger == toll.word and _own_act(d)), None)
    host = named or _continued(toll, drafts, reading.line) or _holder(toll, drafts, reading)
    host = host or _host(toll, drafts, reading)
    if host is None or _of_another(toll, host, reading):
        drafts.append(_quantity(toll, reading))
        return
    if host.frame.harm in _HELD and toll.harm in _HELD:
        toll = replace(toll, harm=host.frame.harm, casualties=replace(toll.casualties, harm=host.frame.harm))
    noun = toll.chunk.first <= toll.word < toll.chunk.last
    if host.frame.harm == "killed" and toll.harm in _HELD and noun:
        toll = replace(
            toll, harm="killed", casualties=replace(toll.casualties, harm="killed")
        )  # "executed two prisoners"
    if host.subtype == "indirect_deaths":
        toll = replace(toll, casualties=replace(toll.casualties, harm="indirect deaths"))
    host.tolls.append(toll)
    host.first, host.last = min(host.first, toll.first), max(host.last, toll.last)


def _own_act(draft: Draft) -> bool:
    """Whether a verb of harm is told for itself: "killed three and arrested nine"; not "... and wounded nine"."""
    return bool(draft.frame.harm) and not draft.frame.minor and _may_hold(draft)


def _of_another(toll: Toll, host: Draft, reading: Reading) -> bool:
    """Whether a toll is another's than what it would join: "twelve dead according to X, six according to Y"."""
    after = host.tolls[-1].last if host.tolls else host.trigger
    between = any(s.verb < 0 and after <= s.source_first < toll.first for s in reading.speech)
    own = [s for s in reading.speech if s.verb < 0 and s.first <= toll.chunk.first < s.last]
    return between or (bool(own) and not any(s.first <= host.trigger < s.last for s in own))


def _continued(toll: Toll, drafts: Sequence[Draft], line: Line) -> Draft | None:
    """ "17 dead, 22 wounded and 9 missing": a list of other harms goes on with the same toll."""
    for draft in reversed([d for d in drafts if d.tolls]):
        last = draft.tolls[-1]
        if last.word == toll.word and (last.active or 0 <= toll.first - last.chunk.last <= 4):
            return draft  # "two soldiers and a civilian killed"
        if toll.chunk.kind != "number" and not (last.own and toll.first - last.last <= 2):
            return None  # "lost twelve fighters, two leaders captured"
        if (
            toll.harm not in {t.harm for t in draft.tolls}
            and last.last <= toll.first
            and _listed(line, last.last, toll.first)
        ):
            return draft
    return None


def _listed(line: Line, a: int, b: int) -> bool:
    """Whether only marks and "and" stand between, or a part of the toll ("including two children,")."""
    words = [line.low(n) for n in range(a, b)]
    if words[:2] and (
        words[0] in line.pack.words["including"] or (words[1:2] and words[1] in line.pack.words["including"])
    ):
        return len(words) <= 9
    return len(words) <= 4 and all(
        not w[0].isalpha() or w in line.pack.words["coordinators"] or w in ("with", "avec") for w in words
    )


def _holder(toll: Toll, drafts: Sequence[Draft], reading: Reading) -> Draft | None:
    """The draft whose words hold the toll and whose verb harms."""
    clause = clause_of(reading.clauses, toll.chunk.first)
    holders = [d for d in drafts if d.first <= toll.chunk.first < d.last and _may_hold(d)]
    near = [d for d in holders if d.trigger == toll.word] or [d for d in holders if d.frame.harm]
    near = near or [d for d in holders if clause_of(reading.clauses, d.trigger) == clause]
    near = [d for d in near if d.frame.id != "quantity" or not d.tolls]
    return near[-1] if near else None


def _may_hold(draft: Draft) -> bool:
    event = draft.frame.kind == Kind.EVENT and (
        draft.frame.action == "assault" or bool(draft.frame.harm) or draft.frame.swap
    )
    return event or draft.frame.kind == Kind.QUANTITY


def _host(toll: Toll, drafts: Sequence[Draft], reading: Reading) -> Draft | None:
    """The event that a participle or a colon continues: "attacked a camp, killing nine", "... : 160 civils tués"."""
    line = reading.line
    word = line.low(toll.word) if toll.word >= 0 else ""
    before = [
        d
        for d in drafts
        if d.frame.action == "assault" and d.frame.kind == Kind.EVENT and d.last <= toll.first + 1 and not d.tolls
    ]
    if not before:
        return None
    if word.endswith(("ing", "ant")) and toll.first - before[-1].last <= 6:
        return before[-1]
    colon = any(line.low(n) == ":" for n in range(before[-1].last, min(toll.first + 1, len(line.tokens))))
    return (
        before[-1]
        if colon
        and toll.harm in ("killed", "wounded")
        and not _sided(line)
        and not line.tokens[toll.chunk.first].quoted
        else None
    )


def _sided(line: Line) -> bool:
    return any(t.low in line.pack.words["mark_nouns"] for t in line.tokens)


_SEIZING = {"captured": "capture_of_persons", "kidnapped": "kidnapping", "freed": "release"}  # told by a number alone


def _quantity(toll: Toll, reading: Reading) -> Draft:
    clause = clause_of(reading.clauses, toll.chunk.first)
    begin = clause.first if toll.own else min(toll.first, toll.chunk.first)
    low, high = max(clause.first, begin), min(clause.last, max(toll.last, toll.chunk.last))
    first, last = trimmed(reading.line, low, max(high, low + 1))
    frame = load_frames()[_SEIZING[toll.harm]] if toll.harm in _SEIZING else QUANTITY
    subtype = "fatalities" if toll.harm == "killed" else toll.harm if frame is QUANTITY else frame.subtype
    rule = f"toll word {reading.line.low(toll.word)}"
    draft = Draft(reading.line, reading.sentence, frame, first, last, toll.chunk.first, rule, subtype=subtype)
    draft.tolls = [toll]
    losers = losers_of(reading, toll) if toll.own else []
    if losers:
        draft.recipients = losers
    elif toll.chunk.kind != "number" and not toll.own:
        draft.recipients = [fill(reading.line, reading.known.holder(toll.chunk), reading.text, "those counted")]
    draft.admitted = admits(reading.line, toll)
    draft.own_loss = (toll.own and not losers) or draft.admitted or tells_own_loss(reading.line, toll)
    return draft
