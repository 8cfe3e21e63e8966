"""Turns a candidate for the one who did it into traits: where it stands, who it is, what part it has played, what the
rules make of it. Invariant: no name is among them, so that what is learnt holds for any conflict."""

from faultline.coding.cast import ACTOR, RECIPIENT, key_of
from faultline.coding.draft import Filler
from faultline.coding.slot_scene import Scene, Standing, kind_of, rule_of


def side_traits(standing: Standing, scene: Scene) -> list[str]:
    """The traits; all but the first say how the candidate stands with the rules too."""
    held = _held(standing, scene)
    kind = kind_of(standing.key, standing.filler, scene.known)
    where = scene.where(standing)
    facts = [*_deed(kind, scene), *_stand(standing, (kind, where), scene), *_part(standing, kind, scene)]
    facts += _facing(standing, (kind, where), scene)
    now = standing.now
    rules = [f"now {rule_of(now)}", f"now {rule_of(now)} {kind}", f"several {len(scene.mine) > 1}"] if now else []
    return [*rules, f"kind {kind}", held, *(f"{held} {fact}" for fact in facts)]


def _held(standing: Standing, scene: Scene) -> str:
    """Whether the rules have the candidate on this side or on the other, or else whom they have."""
    if standing.now or standing.other:
        return "now" if standing.now else "opposite"
    return "empty" if not scene.mine else "filled" if any(f.chunk.ids for f in scene.mine) else "generic"


def _deed(kind: str, scene: Scene) -> list[str]:
    """What is done, and who of that kind does it."""
    draft, deed = scene.draft, scene.deed
    subtype = draft.subtype or draft.frame.subtype
    rule = [r for r in ("passive", "noun") if r in draft.rule]
    tolls = ["toll", f"toll {kind}"] if draft.tolls else []
    facts = [deed, f"{draft.frame.kind}", f"frame {draft.frame.id}", f"{deed} {kind}", f"{subtype} {kind}"]
    return [*facts, *rule, *tolls]


def _stand(standing: Standing, what: tuple[str, str], scene: Scene) -> list[str]:
    """Where somebody of a kind stands."""
    kind, where = what
    steps = scene.steps(standing)
    facts = [f"at {where}", f"at {where} {scene.deed}", f"at {where} {kind}"]
    facts += [f"steps {steps}", f"at {where} steps {min(steps, 3)}"] if steps >= 0 else []
    facts += [f"pronoun {where}"] if scene.draft.subject_pronoun else []
    return [*facts, f"noun {where}"] if scene.draft.rule.startswith("noun") else facts


def _part(standing: Standing, kind: str, scene: Scene) -> list[str]:
    """How much the text has to do with it."""
    cast, key = scene.cast, standing.key
    played = f"was {min(2, cast.played[key, ACTOR])} and {min(2, cast.played[key, RECIPIENT])}"
    last = "same" if key in cast.last.get(ACTOR, ()) else "other" if key in cast.last.get(RECIPIENT, ()) else "none"
    speaks = key[1:2] == tuple(scene.speaker[:1])
    facts = [f"rank {min(3, scene.ranks.get(key, 9))}", f"opens {standing.named[0].sentence == 0}", played]
    facts += [f"last {last}", f"named {min(4, len(standing.named))}", f"{kind} of {min(3, scene.kinds[kind])}"]
    facts += [f"{kind} among {min(3, scene.parties)}", *([f"speaker {speaks}"] if scene.speaker else [])]
    return [*facts, f"speaker {scene.deed}", f"speaker {kind}"] if speaks and scene.speaker else facts


def _facing(standing: Standing, what: tuple[str, str], scene: Scene) -> list[str]:
    """Whom the rules have on this side and on the other one."""
    kind, where = what
    facts = [f"for {scene.whom} {kind}", f"for {scene.whom} {where}"]
    if not scene.theirs:
        return [*facts, f"alone {scene.deed}"]
    theirs = kind_of(key_of(scene.theirs[0]), scene.theirs[0], scene.known)
    side, sides = _side(standing.filler, scene), {_side(f, scene) for f in scene.theirs}
    relation = "same" if side and side in sides else "opposed" if side and any(sides) else "none"
    facts += [f"side {relation}", f"side {relation} {scene.deed}", f"{kind} against {theirs}"]
    return [*facts, f"{scene.deed} {kind} against {theirs}"]


def _side(filler: Filler, scene: Scene) -> str:
    """Which side somebody is on; "" for nobody in particular."""
    key, known = key_of(filler), scene.known
    if key and key[0] == "id" and key[1] in known.actors:
        return "home" if known.at_home(key[1]) else known.actors[key[1]].side or key[1]
    return "armed" if "armed" in filler.chunk.classes else ""
