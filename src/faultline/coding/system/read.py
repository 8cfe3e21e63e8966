"""Turns the text of an analysis into the claims that carry its system: split, parsed, assessed. Invariant: a sentence
of a language without parser gives nothing, and the languages left out are named."""

from collections import Counter
from dataclasses import dataclass

from faultline.coding.parser import load_parser, why_no_parser
from faultline.coding.split import sentences
from faultline.coding.system.assess import LANGUAGES, AssessOptions, assess
from faultline.coding.system.tree import Tree
from faultline.record.claim import Claim, identified
from faultline.record.protocols import Sentence
from faultline.record.system import Concept
from faultline.record.text import Document, Span


@dataclass(frozen=True, slots=True)
class SystemRead:
    """What one text asserts: claims in its order; why sentences were left out, a line a reason; the language of most
    sentences that were read ("" for none), and where they stand."""

    claims: tuple[Claim, ...]
    left_out: tuple[str, ...] = ()
    language: str = ""
    sentences: tuple[Span, ...] = ()

    def around(self, span: Span) -> Span:
        """The sentence that a span stands in; the span itself where none holds it."""
        return next((s for s in self.sentences if s.start <= span.start and span.end <= s.end), span)


def read_system(document: Document, language: str = "", concepts: tuple[Concept, ...] = ()) -> SystemRead:
    """Assessments, predictions and arrows of a document; `language` is used where a sentence does not show its own,
    `concepts` are a case's own beside those of Faultline."""
    found = sentences(document.text, language)
    by_language: dict[str, list[Sentence]] = {}
    for sentence in found:
        by_language.setdefault(sentence.language, []).append(sentence)
    trees: list[tuple[Sentence, Tree]] = []
    left_out = []
    for spoken, said in sorted(by_language.items()):
        parser = load_parser(spoken) if spoken in LANGUAGES else None
        if parser is None:
            left_out.append(_why(spoken, len(said)))
            continue
        texts = [sentence.span.of(document.text) for sentence in said]
        trees += zip(said, (Tree(t, p) for t, p in zip(texts, parser.parse(texts), strict=True)), strict=True)
    trees.sort(key=lambda pair: pair[0].span.start)
    spoken_most = Counter(sentence.language for sentence, _ in trees).most_common(1)
    claims = identified(assess(document.id, trees, AssessOptions(concepts, free=True)))
    most = spoken_most[0][0] if spoken_most else ""
    return SystemRead(claims, tuple(left_out), most, tuple(sentence.span for sentence, _ in trees))


def _why(language: str, count: int) -> str:
    reason = why_no_parser(language) if language else "their language is not known"
    return f"{count} sentence{'s' * (count != 1)} without arrows: {reason or 'no words for its arrows'}"
