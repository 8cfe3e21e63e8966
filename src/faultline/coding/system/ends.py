"""Finds the two phrases between which a verb acts: who or what acts, on what. Invariant: a phrase is a stretch of words
of the sentence, or the topic where a pronoun's meaning stands before it."""

from dataclasses import dataclass, replace

from faultline.coding.system.line import STRONG, Line
from faultline.record.system import ArrowStatus

_DEEPEST = 5  # verbs that share one subject through each other


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `first` to `last`, both inclusive; `first` -1 where what the text spoke of before is meant."""

    first: int
    last: int

    @property
    def is_topic(self) -> bool:
        """Whether it has no words of its own here."""
        return self.first < 0


TOPIC = Stretch(-1, -1)


@dataclass(frozen=True, slots=True)
class Actor:
    """Where the acting phrase of a verb stands; what a verb above it adds: a status, a sign, the verbs used up."""

    stretch: Stretch
    status: ArrowStatus = ArrowStatus.STATED
    sign: int = 1
    used: tuple[int, ...] = ()
    event: int = -1  # the verb of the clause that acts as a whole: "..., ce qui affaiblit"


@dataclass(frozen=True)
class Ends:
    """Walks one line."""

    line: Line

    def subject(self, verb: int, depth: int = 0) -> Actor | None:
        """Who acts, for a verb that is no passive; None where the line does not say."""
        line = self.line
        if depth > _DEEPEST:
            return None
        before = self.before(verb)
        if line.kinds[verb] == "gerund":
            return self._of_gerund(verb, before, depth)
        if line.kinds[verb] == "infinitive":
            return self._of_infinitive(verb, before, depth)
        if line.low(before) in line.words.infinitive and line.tag(before + 1) == "AUX":
            return self._of_infinitive(verb, before, depth)  # "seems to have provoked"
        return self._of_clause(verb, before, depth)

    def sufferer(self, verb: int) -> Actor | None:
        """The subject of a passive."""
        return self._of_clause(verb, self.before(verb), 0)

    def before(self, verb: int) -> int:
        """The last word before the group of a verb, over an insertion in brackets or dashes."""
        at = self.line.skip_back(verb)
        opening = self.line.opening(at) if at >= 0 else -1
        return self.line.skip_back(opening) if opening >= 0 and self.line.low(at) in STRONG else at

    def _of_clause(self, verb: int, before: int, depth: int) -> Actor | None:
        line = self.line
        if before < 0 or line.is_strong(before):
            return None
        if line.is_relative(before):
            return self._antecedent(before)
        if line.low(before) == "," or line.low(before) in line.words.joins:
            return self._shared(verb, before, depth)
        stretch = self.phrase_ending(before)
        return Actor(stretch) if stretch else None

    def nearest(self, last: int) -> Stretch | None:
        """The noun phrase right before a participle, without what it hangs on: "a visit aimed at"."""
        whole = self.phrase_ending(last)
        if whole is None:
            return None
        first = whole.last
        while first > whole.first and self.line.tag(first - 1) in ("DET", "ADJ", "NOUN", "PROPN", "NUM"):
            first -= 1
        return Stretch(first, whole.last)

    def phrase_ending(self, last: int) -> Stretch | None:
        """The noun phrase that ends here and begins behind the last boundary; a relative clause inside it is passed."""
        line, at = self.line, last
        while at >= 0:
            opening = line.opening(at)
            if opening >= 0 and (line.low(at) not in "—–" or at == last):
                at = opening - 1 - (line.low(opening - 1) in line.words.subordinators)
                continue
            if line.is_strong(at) or line.low(at) == "," or self._subordinates(at):
                if line.is_relative(at) and at > 0:
                    last = at = at - 1 - (line.low(at - 1) == ",")
                    continue
                break
            if line.is_verb(at) and line.kinds[at] != "participle":
                before = line.skip_back(at)
                if before > 0 and line.is_relative(before):
                    last = at = before - 1 - (line.low(before - 1) == ",")
                    continue
                break
            at -= 1
        first = self._list_start(at + 1, last)
        return Stretch(first, last) if first <= last else None

    def _subordinates(self, word: int) -> bool:
        """ "as" leads in a clause, or only a noun ("meant as a signal")."""
        return self.line.low(word) in self.line.words.subordinators and self.line.tag(word) != "ADP"

    def object(self, verb: int, to: tuple[str, ...]) -> Stretch | None:
        """What is acted on: the phrase behind the verb, after the preposition `to` if there is one."""
        line = self.line
        at = line.skip_on(verb)
        if to:
            if not line.phrase_at(at, to):
                return None
            at += len(to)
        elif line.tag(at) == "ADP" and line.low(at) not in line.words.of:
            return None  # "increased because of": no object
        return self.phrase_from(at)

    def phrase_from(self, first: int) -> Stretch | None:
        """The phrase that begins here, with what is joined to it, up to the next clause."""
        line = self.line
        first += next((len(p) for p in line.words.remains if line.phrase_at(first, p)), 0)
        at = first
        while at < len(line) and not self._ends_phrase(at, first):
            at += 1
        return Stretch(first, at - 1) if at > first else None

    def agents(self, verb: int) -> list[tuple[Stretch, bool]]:
        """Who acts, for a passive, and whether that is denied ("not by battles but by position")."""
        line, found, denied = self.line, [], False
        at = verb + 1
        while at < len(line) and not line.is_strong(at):
            low = line.low(at)
            if low in line.words.negations:
                denied = True
            elif low in line.words.instead:
                denied = False
            elif low in line.words.agents:
                stretch = self.phrase_from(at + 1)
                if stretch:
                    found.append((stretch, denied))
                    at = stretch.last
            elif found or line.is_verb(at) or line.is_relative(at) or at - verb > 8:
                break
            at += 1
        return found

    def _ends_phrase(self, at: int, first: int) -> bool:
        line = self.line
        low = line.low(at)
        if line.is_strong(at) or line.is_relative(at) or low in line.words.subordinators:
            return True
        if line.tag(at) == "ADP" and line.low(at + 1) in line.words.relatives | line.words.which:
            return True  # "a system in which"
        if line.is_verb(at) and line.kinds[at] != "infinitive":
            return at > first or line.kinds[at] != "gerund"
        if line.kinds[at] == "infinitive":
            return not self._of_noun(at, first)
        if at > first and low in line.words.agents | (line.words.means - line.words.of):
            return low in line.words.agents or line.kinds[min(at + 1, len(line) - 1)] == "gerund"
        if low in line.words.joins or low == ",":
            return self._new_clause(at)
        return False

    def _of_noun(self, at: int, first: int) -> bool:
        """ "the ability to respond": the infinitive belongs to the noun; "the army to retake" does not."""
        line = self.line
        return at - 2 >= first and line.tag(at - 2) == "NOUN" and line.low(at - 1) in line.words.infinitive

    def _new_clause(self, at: int) -> bool:
        """Whether behind this comma or "and" something else begins than one more of the same list."""
        line, seen = self.line, at + 1
        while line.low(seen) in line.words.joins or line.tag(seen) == "ADV" or line.low(seen) == ",":
            seen += 1
        if line.tag(seen) not in ("DET", "ADJ", "NOUN", "PROPN", "NUM") and line.low(seen) not in line.words.of:
            return True
        if line.is_verb(seen):
            return True
        while seen < len(line):
            if line.is_strong(seen) or line.low(seen) == "," or line.low(seen) in line.words.joins:
                # "A, B and C": a list goes on to its last "and"
                return line.low(at) == "," and not self._list_follows(seen)
            if line.is_finite(seen):
                return True
            seen += 1
        return line.low(at) == ","

    def _list_follows(self, at: int) -> bool:
        line = self.line
        if line.low(at) in line.words.joins:
            return not line.is_verb(line.skip_on(at))
        return line.low(at) == "," and line.low(at + 1) in line.words.joins and not line.is_verb(line.skip_on(at + 1))

    def _list_start(self, first: int, last: int) -> int:
        """Where the list begins whose last members stand here: "A, B and C", "A, B, and C"."""
        line = self.line
        if line.low(first) not in line.words.joins and not self._ends_list(first, last):
            return first
        at = first - 1
        while at >= 0 and not line.is_strong(at) and not line.is_relative(at):
            if line.is_verb(at):
                return first  # what stands before is the object of that verb
            at -= 1
        return first if line.tag(at + 1) in ("ADP", "ADV", "SCONJ") else at + 1

    def _ends_list(self, first: int, last: int) -> bool:
        line = self.line
        joined = any(line.low(w) in line.words.joins for w in range(first, last))
        return (
            joined
            and line.low(first - 1) == ","
            and not any(line.low(w) in line.words.scope for w in range(first, last))
        )

    def _antecedent(self, relative: int) -> Actor | None:
        line = self.line
        if line.low(relative - 1) in line.words.events:  # "ce qui": what was said before it acts
            verb = self._verb_before(relative - 1, ("finite", "passive"))
            return Actor(TOPIC, event=verb) if verb >= 0 else None
        stretch = self.phrase_ending(relative - 1 - (line.low(relative - 1) == ","))
        return Actor(stretch) if stretch else None

    def _shared(self, verb: int, before: int, depth: int) -> Actor | None:
        """The subject of a verb behind "and" or a comma: that of the verb before it, or what an insertion parts it
        from ("Losses, even if unverified, amplify pressure")."""
        line = self.line
        opening = self._comma_before(before - 1)
        inside = range(opening + 1, before)
        if line.low(before) == "," and not self._has_clause(inside):
            stretch = self.phrase_ending(opening - 1) if opening > 0 else None
            if stretch and self._names(stretch):
                return Actor(stretch)
        above = self._verb_before(before, (line.kinds[verb],))
        if line.kinds[verb] == "gerund" and line.low(before - 1) == ",":
            # ", undermining ... and maintaining ..., and risking": parallel to the form that a comma leads in
            led = [w for w in range(line.clause_start(verb), before) if line.kinds[w] == "gerund"]
            above = next((w for w in reversed(led) if line.low(w - 1) == ","), above)
        if above < 0:
            above = self._verb_before(before, ("finite", "passive", "infinitive"))
        if above < 0:
            return None
        return self.sufferer(above) if line.kinds[above] == "passive" else self.subject(above, depth + 1)

    def _has_clause(self, words: range) -> bool:
        """Whether a clause with a subject of its own stands there; a relative one is an insertion."""
        line = self.line
        first = next((w for w in words if line.tag(w) != "ADV"), -1)
        if first >= 0 and (line.is_relative(first) or line.tag(first) == "ADP"):
            return False
        return any(line.is_finite(w) for w in words)

    def _comma_before(self, at: int) -> int:
        line = self.line
        while at >= 0 and not line.is_strong(at) and line.low(at) != ",":
            at -= 1
        return at if at >= 0 and line.low(at) == "," else -1

    def _names(self, stretch: Stretch) -> bool:
        return any(self.line.tag(w) in ("NOUN", "PROPN", "PRON") for w in range(stretch.first, stretch.last + 1))

    def _verb_before(self, at: int, kinds: tuple[str, ...]) -> int:
        """The nearest verb of one of these kinds to the left, inside the same stretch between strong marks."""
        line = self.line
        while at > 0 and not line.is_strong(at - 1):
            at -= 1
            if line.kinds[at] in kinds:
                return at
        return -1

    def _verb_behind(self, at: int) -> int:
        line = self.line
        while at < len(line) and not line.is_strong(at):
            if line.kinds[at] in ("finite", "passive"):
                return at
            at += 1
        return -1

    def _of_gerund(self, verb: int, before: int, depth: int) -> Actor | None:
        line = self.line
        if before < 0:
            return None
        if line.low(before) in line.words.joins:
            return self._shared(verb, before, depth)
        if line.tag(before) in ("ADP", "SCONJ", "PART"):
            return self._behind_preposition(verb, before, depth)
        if line.tag(before) in ("NOUN", "PROPN") and line.low(before) != ",":
            stretch = self.phrase_ending(before)
            return Actor(stretch) if stretch else None
        return self._of_main(verb, before, depth)

    def _behind_preposition(self, verb: int, before: int, depth: int) -> Actor | None:
        """ "efforts aimed at weakening", "the role of ensuring", "by paying soldiers, the state weakens"."""
        line = self.line
        over = before - 1
        governor = self._verb_before(before, ("finite", "passive"))
        if governor >= 0 and line.lemmas[governor] in line.words.accusers:
            return None
        if line.lemmas[over] in line.words.intended and over > 0:
            actor = self.subject(over, depth + 1) if line.kinds[over] != "participle" else self._noun_before(over)
            return replace(actor, status=ArrowStatus.INTENDED) if actor else None
        if line.tag(over) == "NOUN" and line.low(before) in line.words.of:
            return self._before(before)
        return self._of_main(verb, before, depth)

    def wished(self, verb: int) -> bool:
        """Whether the clause of the verb is what somebody hopes or plans: "officials hope that a loan will end it"."""
        line = self.line
        at = verb
        while at > 0 and not line.is_strong(at - 1) and line.low(at - 1) != ",":
            at -= 1
            if line.low(at) in line.words.that:
                return at > 0 and line.lemmas[at - 1] in line.words.intended and line.is_verb(at - 1)
        return False

    def _before(self, word: int) -> Actor | None:
        stretch = self.phrase_ending(word - 1)
        return Actor(stretch) if stretch else None

    def _noun_before(self, word: int) -> Actor | None:
        stretch = self.nearest(word - 1)
        return Actor(stretch) if stretch else None

    def _of_main(self, verb: int, before: int, depth: int) -> Actor | None:
        """The subject of the clause that this form hangs on: the one before it, else the one behind."""
        line = self.line
        above = self._verb_before(before + 1, ("finite", "passive"))
        if above < 0:
            above = self._verb_before(before + 1, ("infinitive",))
        if above < 0:
            above = self._verb_behind(verb + 1)
        if above < 0:
            return None
        return self.sufferer(above) if line.kinds[above] == "passive" else self.subject(above, depth + 1)

    def _of_infinitive(self, verb: int, before: int, depth: int) -> Actor | None:
        line = self.line
        if before >= 0 and line.low(before) in line.words.joins:
            return self._shared(verb, before, depth)
        marked = before >= 0 and line.low(before) in line.words.infinitive
        over = line.skip_back(before) if marked else before
        if over >= 0 and (line.low(over) in line.words.purpose or line.low(before) in line.words.purpose):
            return self._intended(self._of_main(verb, min(over, before), depth))
        if over >= 0 and line.is_verb(over):
            return self._governed(over, depth)
        governor = self._verb_before(over + 1, ("finite", "passive", "infinitive", "gerund"))
        if governor >= 0 and line.lemmas[governor] in line.words.accusers:
            return None
        if governor >= 0 and line.lemmas[governor] in line.words.causatives | line.words.hinders:
            actor = self.subject(governor, depth + 1) if line.kinds[governor] != "passive" else None
            sign = -1 if line.lemmas[governor] in line.words.hinders else 1
            return replace(actor, sign=actor.sign * sign, used=(*actor.used, governor)) if actor else None
        return self._of_aim(over, governor, depth)

    def _governed(self, over: int, depth: int) -> Actor | None:
        """ "aims to", "is used to", "seems to", "helps"."""
        line = self.line
        passive = line.kinds[over] in ("passive", "participle")
        actor = self.sufferer(over) if passive else self.subject(over, depth + 1)
        if actor and line.lemmas[over] in line.words.causatives:
            actor = replace(actor, used=(*actor.used, over))
        return self._intended(actor) if line.lemmas[over] in line.words.intended else actor

    def _of_aim(self, over: int, governor: int, depth: int) -> Actor | None:
        """ "an attempt to overload": whoever attempts; "used drones to hit": whoever used them."""
        line = self.line
        if governor < 0 or any(line.low(w) == "," for w in range(governor, over)):
            return None
        if line.lemmas[governor] in line.words.become:
            return self.subject(governor, depth + 1)  # "seemed content to rely"
        is_aim = over >= 0 and line.low(over) in line.words.aims
        if is_aim or (over >= 0 and line.tag(over) in ("NOUN", "PROPN", "PRON")):
            actor = self.sufferer(governor) if line.kinds[governor] == "passive" else self.subject(governor, depth + 1)
            return self._intended(actor)
        return None

    def _intended(self, actor: Actor | None) -> Actor | None:
        return replace(actor, status=ArrowStatus.INTENDED) if actor else None
