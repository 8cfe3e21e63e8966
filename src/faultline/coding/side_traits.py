"""Turns a candidate for the one who did it into traits: where it stands, who it is, what part it has played, what the
rules make of it. Invariant: no name is among them, so that what is learnt holds for any conflict; the traits of a part
follow from its facts alone, so that they need not be written out twice."""

from collections.abc import Callable, Hashable

from faultline.coding.cast import ACTOR, RECIPIENT, key_of
from faultline.coding.draft import Filler
from faultline.coding.slot_scene import Scene, Standing, Told, kind_of, rule_of

Part = tuple[Callable[..., list[str]], tuple[Hashable, ...]]  # what writes traits, and the facts that it writes of


def side_traits(standing: Standing, scene: Scene) -> list[str]:
    """The traits; all but the first say how the candidate stands with the rules too."""
    return [trait for write, facts in parts_of(standing, scene) for trait in write(*facts)]


def parts_of(standing: Standing, scene: Scene) -> list[Part]:
    """The same before it is written out."""
    held = _held(standing, scene)
    kind = kind_of(standing.key, standing.filler, scene.known)
    where = scene.where(standing)
    now = rule_of(standing.now) if standing.now else ""
    return [
        (_rule, (held, kind, now, len(scene.mine) > 1)),
        (_deed, (held, kind, scene.told)),
        (_stand, (held, kind, where, scene.deed, _spot(standing, scene))),
        (_rank, (held, min(3, scene.ranks.get(standing.key, 9)), standing.named[0].sentence == 0)),
        (_played, (held, *_roles(standing, scene))),
        (_many, (held, kind, min(4, len(standing.named)), min(3, scene.kinds[kind]), min(3, scene.parties))),
        (_speaker, (held, kind, scene.deed, bool(scene.speaker), standing.key[1:2] == tuple(scene.speaker[:1]))),
        (_facing, (held, kind, where, scene.whom)),
        (_against, (held, kind, scene.deed, *_other_side(standing, scene))),
    ]


def _held(standing: Standing, scene: Scene) -> str:
    """Whether the rules have the candidate on this side or on the other, or else whom they have."""
    if standing.now or standing.other:
        return "now" if standing.now else "opposite"
    return scene.filled


def _rule(held: str, kind: str, now: str, several: bool) -> list[str]:
    """What the rules say of one of their own; who it is and how the rules hold it."""
    rules = [f"now {now}", f"now {now} {kind}", f"several {several}"] if now else []
    return [*rules, f"kind {kind}", held]


def _deed(held: str, kind: str, told: Told) -> list[str]:
    """What is done, and who of that kind does it."""
    deed, (kind_of_claim, frame, subtype), rule, tolls = told
    rules = [r for r in ("passive", "noun") if r in rule]
    facts = [deed, kind_of_claim, f"frame {frame}", f"{deed} {kind}", f"{subtype} {kind}", *rules]
    return _with(held, [*facts, *(["toll", f"toll {kind}"] if tolls else [])])


def _spot(standing: Standing, scene: Scene) -> tuple[int, bool, bool]:
    """Steps in the parse; whether the subject is a pronoun, whether a noun tells the deed."""
    return scene.steps(standing), bool(scene.draft.subject_pronoun), scene.draft.rule.startswith("noun")


def _stand(held: str, kind: str, where: str, deed: str, spot: tuple[int, bool, bool]) -> list[str]:
    """Where somebody of a kind stands."""
    steps, pronoun, noun = spot
    facts = [f"at {where}", f"at {where} {deed}", f"at {where} {kind}"]
    facts += [f"steps {steps}", f"at {where} steps {min(steps, 3)}"] if steps >= 0 else []
    facts += [f"pronoun {where}"] if pronoun else []
    return _with(held, [*facts, f"noun {where}"] if noun else facts)


def _rank(held: str, rank: int, opens: bool) -> list[str]:
    """How often the text names it, beside others."""
    return _with(held, [f"rank {rank}", f"opens {opens}"])


def _roles(standing: Standing, scene: Scene) -> tuple[int, int, str]:
    """How often it has acted and undergone, at most 2, and on which side of the last claim it was."""
    cast, key = scene.cast, standing.key
    last = "same" if key in cast.last.get(ACTOR, ()) else "other" if key in cast.last.get(RECIPIENT, ()) else "none"
    return min(2, cast.played[key, ACTOR]), min(2, cast.played[key, RECIPIENT]), last


def _played(held: str, acted: int, undergone: int, last: str) -> list[str]:
    """What part it has played so far."""
    return _with(held, [f"was {acted} and {undergone}", f"last {last}"])


def _many(held: str, kind: str, named: int, alike: int, parties: int) -> list[str]:
    """How many there are beside it."""
    return _with(held, [f"named {named}", f"{kind} of {alike}", f"{kind} among {parties}"])


def _speaker(held: str, kind: str, deed: str, said: bool, speaks: bool) -> list[str]:
    """Whether it says what is claimed."""
    if not said:
        return []
    return _with(held, [f"speaker {speaks}", *([f"speaker {deed}", f"speaker {kind}"] if speaks else [])])


def _facing(held: str, kind: str, where: str, whom: str) -> list[str]:
    """Whom the rules have on this side."""
    return _with(held, [f"for {whom} {kind}", f"for {whom} {where}"])


def _other_side(standing: Standing, scene: Scene) -> tuple[str, str]:
    """Who the rules have on the other side, "" for nobody, and how the candidate's side is to theirs."""
    if not scene.theirs:
        return "", ""
    theirs = kind_of(key_of(scene.theirs[0]), scene.theirs[0], scene.known)
    side, sides = _side(standing.filler, scene), {_side(f, scene) for f in scene.theirs}
    return theirs, "same" if side and side in sides else "opposed" if side and any(sides) else "none"


def _against(held: str, kind: str, deed: str, theirs: str, relation: str) -> list[str]:
    """Whom the rules have on the other side."""
    if not theirs:
        return _with(held, [f"alone {deed}"])
    facts = [f"side {relation}", f"side {relation} {deed}", f"{kind} against {theirs}"]
    return _with(held, [*facts, f"{deed} {kind} against {theirs}"])


def _with(held: str, facts: list[str]) -> list[str]:
    return [f"{held} {fact}" for fact in facts]


def _side(filler: Filler, scene: Scene) -> str:
    """Which side somebody is on; "" for nobody in particular."""
    key, known = key_of(filler), scene.known
    if key and key[0] == "id" and key[1] in known.actors:
        return "home" if known.at_home(key[1]) else known.actors[key[1]].side or key[1]
    return "armed" if "armed" in filler.chunk.classes else ""
