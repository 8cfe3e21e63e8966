"""Turns a dispatch into its text with every claim in it. Invariant: what the text says and what its claims say are made
by one hand, in one step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from faultline.sandbox.accounts import HEARSAY, LOCALS, REPORTER, Account
from faultline.sandbox.chance import chance, pick
from faultline.sandbox.daywords import DayWords, day_words
from faultline.sandbox.forms import GUNMEN, number
from faultline.sandbox.grammar import Form
from faultline.sandbox.page import Draft, Page, Written
from faultline.sandbox.press import Dispatch, actions
from faultline.sandbox.wording import Teller, counted, deed_slots, figures, place_slots, speaker_form
from faultline.sandbox.world import Toll

_UNDATED_LEAD, _DAY_FIRST, _BACKGROUND, _CLAIMED = 0.1, 0.3, 0.5, 0.3
_CLAIMABLE = ("attack", "ambush", "attack_ied", "attack_civilians", "kidnapping", "shelling")
_LOSSES = ("capture", "recapture", "shoot_down", "withdrawal", "handover")
_AUXILIARIES = ("{avoir ", "{être ", "{se ")


@dataclass
class Sheet:
    """A dispatch being written: what its lead has set for the sentences that follow."""

    teller: Teller
    dispatch: Dispatch
    page: Page
    days: DayWords = DayWords("")
    places: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()  # groups whose toll the lead has told

    @property
    def account(self) -> Account:
        """What the dispatch tells."""
        return self.dispatch.account

    @property
    def readable(self) -> date | None:
        """The day of publication where a reader can know it."""
        shown = self.dispatch.shown
        return self.dispatch.published if shown == str(self.dispatch.published) else None

    def draft(self, kind: str, subtype: str) -> Draft:
        """A claim on the happening of the dispatch, with the day and place that the text has set."""
        return Draft(kind, subtype, places=self.places, days=self.days, happening=self.account.happening.id)


def write(teller: Teller, dispatch: Dispatch) -> Written:
    """The text of a dispatch and its claims."""
    sheet = Sheet(teller, dispatch, Page(dispatch.language))
    {"revision": _revision, "denial": _denial, "situation": _situation}.get(dispatch.form, _first)(sheet)
    if chance(teller.rng, _BACKGROUND):
        sheet.page.add(pick(teller.rng, teller.lines("background")))
    return sheet.page.finish()


def _first(sheet: Sheet) -> None:
    _lead(sheet)
    for toll in sheet.account.tolls:
        if toll.group not in sheet.told:
            _toll(sheet, toll)
    _responsibility(sheet)
    if sheet.account.modality == "claimed" and chance(sheet.teller.rng, _CLAIMED):
        words = sheet.teller.say(pick(sheet.teller.rng, sheet.teller.lines("unverified")), {})
        draft = Draft("assessment", "verification_status", modality="assessment", optional=True)
        sheet.page.add(sheet.page.mark(draft, words))


def _lead(sheet: Sheet) -> None:
    """The sentence that tells what happened."""
    teller, account = sheet.teller, sheet.account
    happening, rng = account.happening, sheet.teller.rng
    days = DayWords("")
    if not chance(rng, _UNDATED_LEAD):
        days = day_words(happening.day, sheet.readable, teller.language, rng)
    wrap, conditional, day_first = _wrapping(sheet, account, bool(days.text))
    toll = next((t for t in account.tolls if t.killed and t.group in happening.recipients), None)
    template = _template(sheet, toll is not None, conditional)
    if "{D}" not in template:
        days, day_first = DayWords(""), False
    slots = deed_slots(
        teller, account, DayWords("") if day_first else days, wrap.startswith(("{S}", "in a", "dans un"))
    )
    slots |= place_slots(teller, happening.place)
    counts = _lead_toll(sheet, toll, template, slots)
    sheet.days = days
    sheet.places = (happening.place,) if happening.place and _names_place(template) else ()
    clause = sheet.page.mark(_deed(sheet, account, template, counts), teller.say(template, slots, conditional))
    around = {"C": Form(clause), "D0": Form(days.text)}
    if account.speaker not in (REPORTER, HEARSAY):
        around["S"] = speaker_form(teller, account.speaker, happening.day)
    sheet.page.add(teller.say(wrap, around, conditional and "{S}" not in wrap))


def _wrapping(sheet: Sheet, account: Account, dated: bool) -> tuple[str, bool, bool]:
    """The sentence around the clause, whether the clause stands in the press conditional, whether its day leads."""
    teller, rng = sheet.teller, sheet.teller.rng
    if account.modality in ("threatened", "planned") or account.speaker == REPORTER:
        first = dated and account.modality == "asserted" and chance(rng, _DAY_FIRST)
        return pick(rng, teller.lines("wrap", "first" if first else "plain")), False, first
    if account.speaker == HEARSAY:
        return pick(rng, teller.lines("wrap", "hearsay")), teller.language == "fr", False
    wrap = _said(teller, account.speaker)
    source = teller.language == "fr" and wrap.startswith(("selon", "d'après")) and account.speaker in LOCALS
    return wrap, source and chance(rng, 0.5), False


def _said(teller: Teller, speaker: str) -> str:
    """A sentence around what somebody says; only an office makes statements."""
    among = teller.lines("wrap", "said")
    return str(pick(teller.rng, among if speaker in LOCALS else among + teller.lines("wrap", "stated")))


def _template(sheet: Sheet, toll: bool, conditional: bool) -> str:
    """A template of the deed that this account can fill."""
    found = sheet.teller.lines("deeds", sheet.account.happening.action)
    usable = [t for t in found if (toll or "{N}" not in t) and (not conditional or any(a in t for a in _AUXILIARIES))]
    return str(pick(sheet.teller.rng, usable))


def _lead_toll(sheet: Sheet, toll: Toll | None, template: str, slots: dict[str, Form]) -> dict[str, Any]:
    """The counts that the lead tells, with their words put into the slots."""
    teller, rough = sheet.teller, sheet.account.rough
    taken = next((t for t in sheet.account.tolls if t.taken), None)
    if "{H}" in template and taken:
        sheet.told |= {taken.group}
        return figures(taken, "taken")
    if toll is None or not ("{N}" in template or "{K}" in template):
        return {}
    slots["N"] = counted(teller, toll, "killed", rough)
    if "{N}" not in template:
        slots["K"] = Form(teller.say(pick(teller.rng, teller.lines("tails")), slots))
        if not slots["K"].text:
            return {}
    sheet.told |= {toll.group}
    return figures(toll, "killed", rough)


def _deed(sheet: Sheet, account: Account, template: str, counts: Mapping[str, Any]) -> Draft:
    happening, meta = account.happening, actions()[account.happening.action]
    actors = (GUNMEN,) if account.unnamed else happening.actors
    if "{A}" not in template and " A}" not in template:
        actors = ()
    recipients = happening.recipients if _names_other(template) else ()
    if happening.action == "handover":
        actors, recipients = happening.recipients, actors  # the gold: who receives acts
    elif happening.action == "siege_blockade":
        recipients = ("civilians",)  # the gold: those who live there
    modality = account.modality
    if modality == "confirmed" and not counts and happening.action not in _LOSSES:
        modality = "claimed"  # to be attacked is no loss yet
    return replace(
        sheet.draft(str(meta["kind"]), str(meta["subtype"])),
        actors=actors,
        recipients=recipients,
        speaker=account.speaker,
        modality=modality,
        counts=counts,
    )


def _names_place(template: str) -> bool:
    return any(slot in template for slot in ("{L}", "P}", "P0}"))


def _names_other(template: str) -> bool:
    """Whether a template says to whom it is done: by name, or by a post, a convoy, people."""
    return any(slot in template for slot in ("{R}", " R}", "{T}", "{V}", " V}", "{N}", "{H}"))


def _toll(sheet: Sheet, toll: Toll) -> None:
    """A sentence on the killed and wounded of one side."""
    if not (toll.killed or toll.wounded):
        return
    teller, account = sheet.teller, sheet.account
    party = account.modality in ("claimed", "confirmed")
    own = party and toll.group == account.speaker
    slots = {"N": counted(teller, toll, "killed", account.rough), "W": counted(teller, toll, "wounded")}
    slots["W0"] = Form(number(toll.wounded, teller.language, teller.rng))
    counts = {**(figures(toll, "killed", account.rough) if toll.killed else {})}
    key = "dead" if toll.killed else "hurt"
    if toll.killed and toll.wounded and not party:
        key, counts = "both", {**counts, **figures(toll, "wounded")}
    elif not toll.killed:
        counts = figures(toll, "wounded")
    speaker = account.speaker
    if party and toll.killed:
        key = "own" if own else "party"
        slots["S"] = speaker_form(teller, speaker, account.happening.day)
    happening = account.happening
    unnamed = (GUNMEN,) if account.unnamed else ()
    others, group = (unnamed or happening.actors), toll.group
    if toll.group in happening.actors:
        others, group = happening.recipients, (*unnamed, toll.group)[0]
        counts = {**counts, **({"fatalities": {**counts["fatalities"], "of": group}} if "fatalities" in counts else {})}
    draft = replace(
        sheet.draft("quantity", "fatalities" if toll.killed else "wounded"),
        actors=others,
        recipients=(group,),
        speaker=speaker,
        modality="confirmed" if own else ("claimed" if party else account.modality),
        counts=counts,
    )
    _say_toll(sheet, draft, key, slots)


def _say_toll(sheet: Sheet, draft: Draft, key: str, slots: dict[str, Form]) -> None:
    """The toll sentence in the voice of whoever tells it."""
    teller, page = sheet.teller, sheet.page
    conditional = draft.speaker == HEARSAY and teller.language == "fr"
    template = pick(teller.rng, teller.lines("toll", key))
    if template.startswith(("it ", "its ")):
        # Rule b of the gold: a killing verb that adds who killed is an event.
        draft = replace(draft, kind="event", subtype="killing")
    clause = page.mark(draft, teller.say(template, slots, conditional))
    if key == "own" or draft.speaker == REPORTER:
        page.add(clause)
        return
    around = {"C": Form(clause)}
    if draft.speaker == HEARSAY:
        page.add(teller.say(pick(teller.rng, teller.lines("wrap", "hearsay")), around))
        return
    around["S"] = speaker_form(teller, draft.speaker, sheet.account.happening.day)
    wrap = _said(teller, draft.speaker)
    # "It had killed three" needs the one who says it before it.
    while key == "party" and not wrap.startswith("{S}"):
        wrap = _said(teller, draft.speaker)
    page.add(teller.say(wrap, around))


def _responsibility(sheet: Sheet) -> None:
    """Who claims it, or that nobody does."""
    teller, account, happening = sheet.teller, sheet.account, sheet.account.happening
    if happening.action not in _CLAIMABLE or account.speaker in happening.actors or not chance(teller.rng, _CLAIMED):
        return
    if account.unnamed and chance(teller.rng, 0.4):
        draft = replace(sheet.draft("allegation", "responsibility"), modality="negated", optional=True)
        sheet.page.add(sheet.page.mark(draft, teller.say(pick(teller.rng, teller.lines("unclaimed")), {})))
        return
    group = happening.actors[0]
    if account.modality == "claimed" and not account.unnamed:
        _deny(sheet, group)
        return
    key = "responsible" if account.unnamed or chance(teller.rng, 0.4) else "pronoun"
    among = teller.lines(key)
    if key == "pronoun" and account.modality == "confirmed":
        # After "the army said" a bare "it" would be the army.
        among = [line for line in among if "group" in line]
    words = teller.say(pick(teller.rng, among), {"G": speaker_form(teller, group, happening.day)})
    draft = replace(sheet.draft("allegation", "responsibility"), actors=(group,), speaker=group, modality="claimed")
    sheet.page.add(sheet.page.mark(draft, words))


def _deny(sheet: Sheet, group: str) -> None:
    """Who is accused by the other side says that it was not them."""
    teller = sheet.teller
    slots = {"S": speaker_form(teller, group, sheet.account.happening.day)}
    draft = replace(sheet.draft("allegation", "responsibility"), actors=(group,), speaker=group, modality="denied")
    sheet.page.add(sheet.page.mark(draft, teller.say(pick(teller.rng, teller.lines("denied")), slots)))


def _revision(sheet: Sheet) -> None:
    """A higher toll of something told before, then what it was."""
    teller, account = sheet.teller, sheet.account
    toll = account.tolls[0]
    sheet.days = day_words(account.happening.day, sheet.readable, teller.language, teller.rng)
    slots, sheet.places = place_slots(teller, account.happening.place), (account.happening.place,)
    old, new = replace(toll, killed=sheet.dispatch.before), toll
    for slot, key, which, modality in (("O", "from", old, "superseded"), ("M", "to", new, "asserted")):
        draft = replace(
            sheet.draft("quantity", "fatalities"),
            modality=modality,
            counts=figures(replace(which, group="people"), "killed"),
        )
        template = teller.lines(key)
        words = teller.say(template if slot == "O" else pick(teller.rng, template), {"N": Form(str(which.killed))})
        slots[slot] = Form(sheet.page.mark(draft, words))
    slots["D"] = Form(f" {sheet.days.text}")
    sheet.page.add(teller.say(pick(teller.rng, teller.lines("toll", "revised")), slots))
    sheet.dispatch = replace(sheet.dispatch, account=replace(account, tolls=()))
    _lead(sheet)


def _denial(sheet: Sheet) -> None:
    """The army denies a loss; then what had been claimed."""
    teller, account = sheet.teller, sheet.account
    happening = account.happening
    slots = place_slots(teller, happening.place)
    slots["S"] = speaker_form(teller, "army", happening.day)
    sheet.places = (happening.place,)
    draft = replace(sheet.draft("allegation", "denial"), actors=happening.actors, recipients=("army",), speaker="army")
    words = teller.say(pick(teller.rng, teller.lines("denied_loss")), slots)
    sheet.page.add(sheet.page.mark(replace(draft, modality="denied"), words))
    claimed = replace(account, speaker=happening.actors[0], modality="claimed")
    sheet.dispatch = replace(sheet.dispatch, account=claimed)
    _lead(sheet)


def _situation(sheet: Sheet) -> None:
    """Who holds what on a day, and how many have died since January."""
    teller, world, day = sheet.teller, sheet.teller.world, sheet.account.happening.day
    region = world.place(sheet.account.happening.place).admin1
    rows = [
        row
        for row in world.held
        if row.state == "held" and row.first_day <= day <= row.last_day and world.place(row.place).admin1 == region
    ]
    for n in teller.rng.permutation(len(rows))[:4]:
        row = rows[int(n)]
        slots = place_slots(teller, row.place)
        slots["A"] = speaker_form(teller, row.holder, day)
        draft = Draft("control", "held", actors=(row.holder,), places=(row.place,))
        sheet.page.add(sheet.page.mark(draft, teller.say(pick(teller.rng, teller.lines("holds")), slots)))
    _since(sheet, region)


def _since(sheet: Sheet, region: str) -> None:
    teller, world, day = sheet.teller, sheet.teller.world, sheet.account.happening.day
    first = max(day.replace(month=1, day=1), world.options.first_day)
    killed = sum(
        h.killed
        for h in world.happenings
        if h.true and h.place and first <= h.day < day and world.place(h.place).admin1 == region
    )
    if killed < 2 or first.month != 1 or day.month == 1:
        return
    place = next(p for p in world.country.places if p.name == f"{region} region")
    where = place.variants[1] if teller.language == "fr" else place.name
    slots = {"N": Form(f"{killed} {teller.lines('people')[1]}"), "Y": Form(where)}
    counts = {"fatalities": {"low": killed, "best": killed, "high": killed, "of": "people"}, "cumulative": True}
    draft = Draft(
        "quantity", "fatalities", (), (), (place.id,), DayWords("", first, sheet.readable, "interval"), counts=counts
    )
    sheet.page.add(sheet.page.mark(draft, teller.say(pick(teller.rng, teller.lines("since")), slots)))
