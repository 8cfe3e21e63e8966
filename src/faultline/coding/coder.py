"""Turns documents into claims and mentions, in English and French. Invariant: a function of case, lexicon, document and
filing; every claim's span lies inside one sentence, and every slot names the rule that filled it."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from faultline.coding.confidence import Judge, load_judge, models_digest
from faultline.coding.known import Known
from faultline.coding.lexicon import LANGUAGES, digest
from faultline.coding.names import CaseNames, NameIndex
from faultline.coding.reader import MAX_CODED, Reader, Tools, read_together
from faultline.coding.weighing import Chooser, load_chooser, weights_digest
from faultline.record.claim import Coded
from faultline.record.ids import content_id
from faultline.record.system import Concept
from faultline.record.text import Document, Filing

UNDETERMINED = "und"  # ISO 639-2: too short or too mixed to tell; each sentence is then asked for itself
CODE_VERSION = "4"
_TOGETHER = 100_000  # code points of the documents that are read side by side: enough for full batches of the parser


class RuleCoder:
    """The coder by rules: lexicon, grammar of word forms, memory across sentences."""

    name = "rules"
    languages = LANGUAGES

    def __init__(
        self, case: CaseNames, parser: bool = True, judge: Judge | None = None, chooser: Chooser | None = None
    ) -> None:
        """Without `judge` the shipped one says how sure a claim is, without `chooser` the shipped one whom it means."""
        concepts: tuple[Concept, ...] = getattr(case, "concepts", ())  # names alone are a case for the coder too
        self.tools = Tools(
            Known(case), NameIndex(case), parser, concepts, judge or load_judge(), chooser or load_chooser()
        )
        read_by = "parsed" if parser else "unparsed"
        self.version = content_id(
            "coder", CODE_VERSION, read_by, digest(), models_digest(), weights_digest(), case.fingerprint
        )

    def code(self, document: Document, filing: Filing) -> Coded:
        """Claims in the order of the text and the names in it; none for a language that it does not read."""
        return self.code_all([(document, filing)])[0]

    def code_all(self, work: Sequence[tuple[Document, Filing]]) -> list[Coded]:
        """The same for many documents, in their order: short ones are read faster together than one by one."""
        return [coded for some in _bounded(work) for coded in self._code(some)]

    def _code(self, work: Sequence[tuple[Document, Filing]]) -> Iterator[Coded]:
        with _garbage_kept():
            readers = [Reader(self.tools, document, filing) for document, filing in work if _is_read(filing)]
            found = iter(read_together(readers))
        for _, filing in work:
            unread = Coded(notes=(f"language {filing.language!r} is not read",))
            yield next(found) if _is_read(filing) else unread


def make_coder(case: CaseNames, parser: bool = True) -> RuleCoder:
    """The coder of a case. Without `parser` roles are read from word forms and neighbours alone: faster, and worse."""
    return RuleCoder(case, parser)


@contextmanager
def _garbage_kept() -> Iterator[None]:
    """While documents are read nothing is collected: what they hold lives to the end of them, and to look through it
    again and again is a tenth of the work. As little is kept as _TOGETHER allows."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _is_read(filing: Filing) -> bool:
    return filing.language in ("", UNDETERMINED, *LANGUAGES)


def _bounded(work: Sequence[tuple[Document, Filing]]) -> Iterator[list[tuple[Document, Filing]]]:
    """Neighbours whose texts are together no longer than _TOGETHER, so that memory is bounded; a longer one alone."""
    some: list[tuple[Document, Filing]] = []
    size = 0
    for document, filing in work:
        length = min(len(document.text), MAX_CODED)
        if some and size + length > _TOGETHER:
            yield some
            some, size = [], 0
        some.append((document, filing))
        size += length
    if some:
        yield some
