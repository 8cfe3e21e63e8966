"""Examines an article: each of its assertions against what was known when it came out and what is known now. Invariant:
every assertion that was coded has its verdict twice, and each verdict its evidence."""

from dataclasses import replace

from faultline.examine.assertions import assertions_of
from faultline.examine.grounds import Grounds
from faultline.examine.mechanisms import mechanism_tested
from faultline.examine.said import said_tested
from faultline.examine.slips import slips_of
from faultline.record.claim import Claim
from faultline.record.examination import Asserted, AssertionForm, Examination, Tested
from faultline.record.vocabulary import Verdict
from faultline.resolve.happening import sentence_around

Found = tuple[Claim, AssertionForm, tuple[str, ...]]


def examine(then: Grounds, now: Grounds) -> Examination:
    """The article with its assertions in the order of its text, its slips by today's evidence."""
    article = now.article
    asserted = tuple(_asserted(then, now, found) for found in assertions_of(article))
    slips = tuple(replace(slip, words=" ".join(slip.words.split())) for slip in slips_of(now))
    return Examination(article.filing.title, article.filing.published, article.document, asserted, slips)


def _asserted(then: Grounds, now: Grounds, found: Found) -> Asserted:
    claim, form, levels = found
    text = now.article.text
    first = _test(then, claim, form, levels)
    return Asserted(
        claim.id,
        form,
        claim.span,
        " ".join(claim.span.of(text).split()),
        levels,
        first,
        _kept(first, _test(now, claim, form, levels), now),
        " ".join(sentence_around(text, claim.span).split()),
    )


def _kept(first: Tested, later: Tested, now: Grounds) -> Tested:
    """Later evidence that finds nothing leaves what independent reports told before, unless they are gone."""
    told = {*first.supporting, *first.against}
    silent = later.verdict is Verdict.NOT_TESTABLE and first.verdict is not Verdict.NOT_TESTABLE
    if silent and told and not first.measures and told <= now.claim_of.keys():
        return replace(first, as_of=later.as_of)
    return later


def _test(grounds: Grounds, claim: Claim, form: AssertionForm, levels: tuple[str, ...]) -> Tested:
    if form is AssertionForm.FACT:
        return said_tested(grounds, claim, levels)
    return mechanism_tested(grounds, claim, form, levels)
