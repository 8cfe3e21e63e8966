"""Turns a candidate for the place of a claim into traits: where it stands, what it is, what the rules make of it.
Invariant: no name is among them, so that what is learnt holds for any conflict."""

from faultline.coding.cast import key_of
from faultline.coding.slot_scene import Scene, Standing, kind_of, rule_of


def place_traits(standing: Standing, scene: Scene) -> list[str]:
    """The traits; all but the first say how the candidate stands with the rules too."""
    rules = _of_rules(scene)
    held = "now" if standing.now else f"not {rules}"
    kind = kind_of(standing.key, standing.filler, scene.known)
    facts = [*_claim(kind, scene), *_stand(standing, kind, scene), *_part(standing, kind, scene)]
    now = standing.now
    first = [f"now {rule_of(now)} {len(scene.mine) > 1}"] if now else []
    return [*first, held, *(f"{held} {fact}" for fact in facts)]


def _of_rules(scene: Scene) -> str:
    """Whether the rules have places, and from where."""
    if not scene.mine:
        return "none"
    return "inherited" if all(f.inherited for f in scene.mine) else "own"


def _claim(kind: str, scene: Scene) -> list[str]:
    """What is claimed, and which places such a claim has."""
    draft = scene.draft
    asserted = str(draft.frame.kind)
    facts = [kind, asserted, f"{kind} {asserted}", f"{kind} {scene.deed}", f"frame {draft.frame.id}"]
    facts += [f"{draft.subtype or draft.frame.subtype} {kind}", f"toll {bool(draft.tolls)} {kind}"]
    return [*facts, f"{kind} sentence {min(2, draft.sentence)}", f"said {draft.said} {kind}"]


def _stand(standing: Standing, kind: str, scene: Scene) -> list[str]:
    """Where it stands."""
    where, asserted = scene.where(standing), scene.draft.frame.kind
    facts = [f"at {where}", f"at {where} {kind}", f"at {where} {asserted}", f"{kind} {where} {asserted}"]
    own = scene.draft.days.known and not scene.draft.days_inherited
    facts += [f"dated {own} {where}", f"at {where} for {_of_rules(scene)}"]
    if not standing.here:
        return facts
    located, measured = (any(getattr(n, a) for n in standing.here) for a in ("located", "measured"))
    facts += [f"located {located} measured {measured}", f"{where} located {located}", f"{kind} located {located}"]
    return [*facts, f"steps {scene.steps(standing)}"]


def _part(standing: Standing, kind: str, scene: Scene) -> list[str]:
    """How much the text has to do with it."""
    rank, spots = min(3, scene.ranks.get(standing.key, 9)), min(3, scene.kinds["place"])
    near = _nearest(standing, scene)
    others = "+".join(sorted({kind_of(key_of(f), f, scene.known) for f in scene.mine}))
    facts = [f"rank {rank}", f"{kind} rank {rank}", f"named {min(4, len(standing.named))}", f"{kind} of {spots}"]
    facts += [f"opens {standing.named[0].sentence == 0}", f"{kind} alone {len(scene.named) == 1}"]
    facts += [f"{kind} located {any(n.located for n in standing.named)}", f"near {near} {kind}"]
    return [*facts, f"near {near} {scene.draft.frame.kind}", f"{kind} beside {others}"]


def _nearest(standing: Standing, scene: Scene) -> bool:
    """Whether no spot is named after it up to the draft's sentence."""
    return any(n.sentence == scene.last_spot for n in standing.named)
