"""Turns a parsed sentence into a line of words that knows which of them act as verbs and where clauses end. Invariant:
heads of the parse are not trusted, only its parts of speech, and those less than the lexicon: a parser of this size
takes "losses amplify pressure" for a list of nouns."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from faultline.coding.system.lexicon import ArrowWords, Form
from faultline.coding.system.tree import Tree
from faultline.coding.tokens import fold

# Finite, infinitive, -ing form, passive with its auxiliary, participle without one, no verb.
VerbKind = Literal["finite", "infinitive", "gerund", "passive", "participle", ""]
STRONG = frozenset(";:—–.!?()[]")
_CLOSES = {"”": "“", "»": "«", ")": "(", "]": "["}
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "X")
_OPENS = ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "VERB")


@dataclass(frozen=True)
class Line:
    """One sentence for reading arrows: `lows` are its words, folded; all positions are indices of words."""

    tree: Tree
    words: ArrowWords

    def __len__(self) -> int:
        return self.size

    @cached_property
    def size(self) -> int:
        """Number of words."""
        return len(self.tree)

    @cached_property
    def lows(self) -> tuple[str, ...]:
        """Words in small letters without accents."""
        return self.tree.lows

    @cached_property
    def kinds(self) -> tuple[VerbKind, ...]:
        """What each word is as a verb."""
        kinds = [self._kind(word) for word in range(self.size)]
        for word in range(self.size) if self.words.bare_verbs else ():
            if kinds[word] == "finite" and self._is_stray(word, kinds):
                kinds[word] = ""
        return tuple(kinds)

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """Lemma of each word: the lexicon's where it knows the form of a verb."""
        return tuple(self._lemma(word) for word in range(len(self)))

    @cached_property
    def _surfaces(self) -> tuple[str, ...]:
        parsed, text = self.tree.parsed, self.tree.text
        return tuple(text[a:b].lower() for a, b in zip(parsed.starts, parsed.ends, strict=True))

    def form(self, word: int) -> Form | None:
        """The word as a form of a verb of the lexicon, by its accents; None where it is none."""
        return self.words.forms.get(self._surfaces[word])

    def low(self, word: int) -> str:
        """The word, or "" before the first and behind the last."""
        return self.lows[word] if 0 <= word < self.size else ""

    def tag(self, word: int) -> str:
        """Part of speech, or PUNCT outside the line."""
        return self.tree.parsed.tags[word] if 0 <= word < self.size else "PUNCT"

    def is_verb(self, word: int) -> bool:
        """Whether the word acts as a verb, auxiliaries among them."""
        return 0 <= word < len(self) and (self.kinds[word] != "" or self.tag(word) == "AUX")

    def is_finite(self, word: int) -> bool:
        """Whether the word is the verb of a clause, or its auxiliary."""
        if not 0 <= word < len(self):
            return False
        return self.kinds[word] in ("finite", "passive") or self.tag(word) == "AUX"

    def is_strong(self, word: int) -> bool:
        """Whether nothing on one side of this mark belongs to a phrase on the other."""
        return self.low(word) in STRONG or not 0 <= word < len(self)

    def is_relative(self, word: int) -> bool:
        """Whether a relative pronoun stands here: a verb follows it, or a clause of its own behind a noun."""
        low = self.low(word)
        if low not in self.words.relatives or self.tag(word) == "DET":
            return False
        before = self.tag(word - 1) in _NOMINAL or self.low(word - 1) == "," or self.is_noun_after_all(word - 1)
        return before or low in self.words.events or self.low(word - 1) in self.words.events

    def is_noun_after_all(self, word: int) -> bool:
        """A verb by the parse alone: nothing before it in its clause can be its subject ("At night, strikes that")."""
        return 0 <= word < len(self) and self.tag(word) == "VERB" and self.kinds[word] == ""

    def phrase_at(self, word: int, phrase: tuple[str, ...]) -> bool:
        """Whether these words stand here, the last of them also contracted with an article: « à cause du »."""
        if not phrase:
            return True
        last = word + len(phrase) - 1
        if self.lows[word:last] != phrase[:-1]:
            return False
        return self.low(last) == phrase[-1] or self.low(last) in self.words.contractions.get(phrase[-1], ())

    def skip_back(self, word: int) -> int:
        """The first word to the left that is no auxiliary, adverb, negation or weak pronoun before a verb."""
        at = word - 1
        while (
            at >= 0 and self.kinds[at] == "" and (self.tag(at) in ("AUX", "ADV") or self._weak(at) or self._helps(at))
        ):
            at -= 1
        return at

    def skip_on(self, word: int) -> int:
        """The first word behind that is no adverb, also over "in turn" and the like."""
        at = word + 1
        while at < self.size:
            filler = next((len(p) for p in self.words.fillers if self.phrase_at(at, p)), 0)
            if not filler and self.tag(at) != "ADV" and self.low(at) not in self.words.negations:
                break
            at += filler or 1
        return at

    def clause_start(self, word: int) -> int:
        """First word after the last strong mark before this one."""
        at = word
        while at > 0 and not self.is_strong(at - 1):
            at -= 1
        return at

    def clause_end(self, word: int) -> int:
        """Last word before the next strong mark."""
        at = word
        while not self.is_strong(at + 1):
            at += 1
        return at

    def ends_clause(self, word: int) -> bool:
        """Whether a comma, a relative pronoun or what leads in a clause stands here; "as" before a noun is not."""
        low = self.low(word)
        if low in self.words.subordinators or low in self.words.relatives:
            return self.tag(word) != "ADP"
        return low == ","

    def opening(self, word: int) -> int:
        """Where the brackets, quotation or pair of dashes opens that closes here; -1 where none does. Short quotations
        without a verb are part of their sentence."""
        low = self.tree.text[self.tree.parsed.starts[word] : self.tree.parsed.ends[word]]
        opens = _CLOSES.get(low, low if low in "—–" else "")
        found = [w for w in range(word) if opens and self.low(w) == self.low_of(opens)]
        if not found or (low in "—–" and len(found) % 2 == 0):
            return -1
        if low in "”»" and not any(self.is_verb(w) for w in range(found[-1], word)):
            return -1
        return found[-1]

    @staticmethod
    def low_of(mark: str) -> str:
        """A mark as it stands among `lows`."""
        return fold(mark)

    def _weak(self, word: int) -> bool:
        low = self.lows[word]
        if low in self.words.negations or low in self.words.modals:
            return True
        return low in self.words.clitics and self.tag(word) in ("PRON", "DET", "ADV", "PART", "SCONJ")

    def _lemma(self, word: int) -> str:
        form = self.form(word)
        own = self.tree.lemmas[word]
        if form and own not in self.words.verbs and own not in self.words.moves:
            return form.lemma
        return own

    def _is_stray(self, word: int, kinds: list[VerbKind]) -> bool:
        """Whether a plural noun was taken for a verb: "militia raids on villages trigger", where nothing joins it to
        the verb behind."""
        known = self.form(word) is not None or self.lows[word] in self.words.be
        named = self.tag(word - 1) in ("NOUN", "PROPN", "ADJ") and self.tag(word + 1) == "ADP"
        if known or not named or not self.lows[word].endswith("s"):
            return False
        for at in range(word + 1, self.size):
            if kinds[at] in ("finite", "passive"):
                return True
            if (
                self.is_strong(at)
                or self.lows[at] in self.words.joins | self.words.subordinators
                or self.lows[at] == ","
            ):
                return False
        return False

    def _kind(self, word: int) -> VerbKind:
        form = self.form(word)
        if self.lows[word] in self.words.modals or self._helps(word):
            return ""
        if self.tag(word) == "AUX":
            lets = form is not None and form.lemma in self.words.causatives
            return "finite" if lets and self._infinitive_at(word + 1) else ""
        if self.tag(word) == "VERB":
            return self._tagged(word, form.tags if form else frozenset())
        if form and "pp" in form.tags and self.tag(word) == "ADJ" and self._has_agent(word):
            return "passive"
        if form and "ger" in form.tags and (self._led_in(word) or self._trails(word)):
            return "gerund"
        if form and self.tag(word) in ("NOUN", "PROPN", "ADJ", "X", "ADV") and self._may_be_verb(word, form.tags):
            if self.low(word - 1) in self.words.infinitive and "inf" in form.tags:
                return "infinitive"
            return "finite"
        return ""

    def _tagged(self, word: int, tags: frozenset[str]) -> VerbKind:
        """The kind of a word that the parse has for a verb; the lexicon's forms go before the parse's features."""
        features = self.tree.parsed.features[word]
        if not tags and self._behind_article(word):
            return ""
        if self.words.bare_verbs and "Person=3" in features and "Sing" in features and not self._has_subject(word):
            return ""
        if "VerbForm=Inf" in features and not (tags and "inf" not in tags):
            return self._base(word, tags)
        if "VerbForm=Part" not in features and "VerbForm=Ger" not in features:
            past = "pp" in tags or (self.words.bare_verbs and self.lows[word].endswith("ed"))
            return "" if past and self._attribute(word) else "finite"
        if tags == {"fin"}:
            return "finite"
        if self._attribute(word):
            return ""
        if "Tense=Pres" in features or "VerbForm=Ger" in features:
            return "finite" if self._auxiliary(word) else "gerund"
        return self._past(word)

    def _behind_article(self, word: int) -> bool:
        """Whether an unknown verb stands where only a noun can, in French: « nourrit le recrutement », against « les
        chefs le demandent »."""
        if self.words.bare_verbs or self.low(word - 1) not in self.words.articles:
            return False
        return self.tag(word - 2) not in ("NOUN", "PROPN", "PRON") and self.low(word - 2) not in self.words.pronouns

    def _has_subject(self, word: int) -> bool:
        """Whether anything stands before the word in its clause that could be a subject; a fronted phrase cannot."""
        if self.low(word - 1) != ",":
            return not self.is_strong(word - 1) or self.low(word - 1) in ")]—–"
        first = self.clause_start(word)
        return self.tag(first) not in ("ADP", "ADV") or any(self.tag(w) in ("VERB", "AUX") for w in range(first, word))

    def _base(self, word: int, tags: frozenset[str]) -> VerbKind:
        """ "to weaken" is an infinitive; "may weaken" and "strikes weaken" are not."""
        at = word - 1
        while at >= 0 and self.tag(at) == "ADV":
            at -= 1
        low = self.low(at)
        if low in self.words.infinitive or self._lemma(at) in self.words.causatives | self.words.purpose:
            return "infinitive"
        if self.tag(at) == "AUX" or low in self.words.modals or "fin" in tags or self.words.bare_verbs:
            return "finite"
        return "infinitive"

    def _past(self, word: int) -> VerbKind:
        helper = self._auxiliary(word)
        if helper:
            return "passive" if helper in self.words.be else "finite"
        form = self.form(word)
        if form is None or "fin" not in form.tags:
            return "participle"
        named = self.tag(word - 1) in _NOMINAL
        goes_on = named or self.lows[word - 1] in self.words.joins or self._behind_insertion(word)
        if goes_on and self.tag(self.skip_on(word)) in ("DET", "PRON", "NOUN", "ADJ"):
            return "finite"  # "the comments provoked a debate", « et contraint l'armée »
        alone = named and (self._is_move(word) or self._has_phrase(word)) and not self._has_verb(word)
        return "finite" if alone else "participle"  # "legitimacy plummeted", « le blocus conduit à »

    def _behind_insertion(self, word: int) -> bool:
        """Whether a comma before the word closes a participle or a relative clause: "forces, backed by X, retook"."""
        if self.low(word - 1) != ",":
            return False
        opening = next((w for w in range(word - 2, -1, -1) if self.low(w) == ","), -1)
        first = opening + 1
        return opening > 0 and (self.low(first + 1) in self.words.agents or self.low(first) in self.words.relatives)

    def _auxiliary(self, word: int) -> str:
        """The nearest auxiliary before, over adverbs and negations, and over an auxiliary's own participle."""
        at = self._over_adverbs(word - 1, -1)
        if at >= 0 and (self.tag(at) == "AUX" or self.lows[at] in self.words.be or self._helps(at)):
            return self.lows[at]
        return ""

    def _helps(self, word: int) -> bool:
        """Whether a form of "have" stands before a participle of the lexicon, which the parse may take for an
        adjective: "has intensified operations"."""
        if self.lows[word] not in self.words.have:
            return False
        at = self._over_adverbs(word + 1, 1)
        form = self.form(at) if at < len(self) else None
        return form is not None and "pp" in form.tags

    def _over_adverbs(self, word: int, step: int) -> int:
        while 0 <= word < len(self) and (self.tag(word) == "ADV" or self.lows[word] in self.words.negations):
            word += step
        return word

    def _attribute(self, word: int) -> bool:
        """ "declining support", "an escalating crisis": the participle is an adjective."""
        if self.tag(word + 1) not in ("NOUN", "PROPN", "ADJ") or self._auxiliary(word):
            return False
        if self._moves_by_itself(word) and self.is_strong(word - 1):
            return True  # "Falling confidence accelerates": what has no object is an attribute
        if self._trails(word):
            return False
        if self.tree.relation(word) == "amod":
            return not self._behind_insertion(word) and not self._led_in(word)
        before = self._over_adverbs(word - 1, -1)
        return self.tag(before) in ("DET", "ADJ", "NUM") or self.low(before) == "'s"

    def _has_agent(self, word: int) -> bool:
        """ "are determined not by": a passive, whatever the parse takes the participle for."""
        near = range(word + 1, min(word + 4, self.size))
        return self._auxiliary(word) in self.words.be and any(self.lows[w] in self.words.agents for w in near)

    def _trails(self, word: int) -> bool:
        """Whether a form in -ing follows a clause after a comma and acts on something: ", feeding recruitment"."""
        form = self.form(word)
        if form is None or "ger" not in form.tags or not self.words.bare_verbs or self.low(word - 1) != ",":
            return False
        objects = ("DET",) if form.lemma in self.words.moves else ("DET", "NOUN", "ADJ", "PROPN")
        return self.tag(word + 1) in objects and self._follows_verb(word)

    def _follows_verb(self, word: int) -> bool:
        return any(self.tag(w) in ("VERB", "AUX") for w in range(self.clause_start(word), word))

    def _moves_by_itself(self, word: int) -> bool:
        form = self.form(word)
        return form is not None and form.lemma in self.words.moves

    def _led_in(self, word: int) -> bool:
        """Whether a preposition leads in a form in -ing that only acts on something: "aimed at strengthening ties"."""
        form = self.form(word)
        if form is None or "ger" not in form.tags or self.tag(word - 1) not in ("ADP", "SCONJ", "PART"):
            return False
        return form.lemma not in self.words.moves or self._lemma(word - 2) in self.words.intended

    def _may_be_verb(self, word: int, tags: frozenset[str]) -> bool:
        """Whether a form of a known verb that was not tagged as one can be a verb by what stands around it."""
        if not tags & {"fin", "inf", "cond"}:
            return False
        before, low = self.tag(word - 1), self.low(word - 1)
        if before == "ADJ" and not self.words.head_last and self.tag(word - 2) in _NOMINAL:
            before = "NOUN"  # « l'aide internationale aggrave »
        if low in self.words.clitics and self.low(word - 2) in self.words.pronouns:
            return True
        if low in self.words.infinitive and "inf" in tags:
            return self.tag(word + 1) in _OPENS
        if before in ("DET", "ADJ", "ADP", "NUM") and low not in self.words.pronouns:
            return False
        after = self.tag(word + 1)
        follows = after in _OPENS or (after in ("ADP", "PART") and self._has_phrase(word))
        if not follows and self._is_move(word) and before in ("NOUN", "PROPN"):
            return not self._has_verb(word)  # "the line between war and negotiation dissolves"
        return follows and (before in _NOMINAL or before in ("PUNCT", "CCONJ", "AUX", "ADV", "PART"))

    def _infinitive_at(self, word: int) -> bool:
        return word < len(self) and "VerbForm=Inf" in self.tree.parsed.features[word]

    def _is_move(self, word: int) -> bool:
        form = self.form(word)
        return (
            form is not None and form.lemma in self.words.moves and "fin" in form.tags and form.lemma != self.lows[word]
        )

    def _has_verb(self, word: int) -> bool:
        """Whether the stretch between commas around a word has a verb besides it, by the parse alone."""
        first, last = word, word
        while first > 0 and not self.is_strong(first - 1) and self.low(first - 1) != ",":
            first -= 1
        while not self.is_strong(last + 1) and self.low(last + 1) not in self.words.joins and self.low(last + 1) != ",":
            last += 1
        return any(self.tag(w) in ("VERB", "AUX") for w in range(first, last + 1) if w != word)

    def _has_phrase(self, word: int) -> bool:
        form = self.form(word)
        if form is None:
            return False
        pulls = self.words.verbs.get(form.lemma, ())
        if form.lemma in self.words.intended:
            return self.low(word + 1) in self.words.infinitive
        return any(pull.to and self.phrase_at(word + 1, pull.to[:1]) for pull in pulls)
