"""Turns what was trained into model cards for people. Invariant: every figure stands in the card.json beside them."""

from collections.abc import Mapping
from typing import Any

Card = Mapping[str, Any]
_AGAIN = """## Train it again

    OMP_NUM_THREADS=1 python -m recipes.coder_models

from a clone; some minutes of one core. Nothing is drawn by chance.
"""


def second_page(card: Card) -> str:
    """MODEL.md of the second opinion."""
    examples = ", ".join(f"{n:,} {source}" for source, n in card["examples"].items())
    develop, held, plain = card["development"], card["held_out"], card["commonest"]
    return f"""# Second opinion on the action of a claim

A linear classifier (softmax) over hashed words, pairs of words and letters (3 to 5) of a claim's own words. It sees no
grammar. Names of parties, places and people, days and numbers are masked before it looks, so it learns nothing of a
country; English and French share one model. It is asked after the rules have read a claim; where it finds another label
likelier, the claim's confidence falls and the reason of the action says so.

Labels: {", ".join(card["labels"])}. "event ground" is what is taken, left, besieged or moved upon;
predictions stand with assessments.

## Data

Claims: {examples}. They weigh {_trust(card["trust"])}.

- gold: dispatches of the development half, coded by hand;
- records: our own unit records, as the rules must read them;
- sandbox: the truth of the invented country;
- case: what the rules read in dispatches of the worked case that nobody coded by hand. These teach it the rules' own
  reading, so its agreement is no independent proof.

All of it is ours; the weights are Apache-2.0 like the code: {card["rows"]:,} rows, {card["bytes"]:,} bytes.

## Scores

| claims coded by hand | claims | label right |
|---|---:|---:|
| development, by models that have not seen them | {develop["claims"]} | {develop["right"]:.3f} |
| held out (log loss {held["log_loss"]:.2f}) | {held["claims"]} | {held["right"]:.3f} |
| held out, always "{plain["label"]}" | {held["claims"]} | {plain["right"]:.3f} |

Weights and penalty were chosen on the development parts. It is right too seldom to decide anything: it doubts.

{_AGAIN}"""


def _trust(trust: Mapping[str, float]) -> str:
    return ", ".join(f"{weight:g} ({source})" for source, weight in trust.items())


def confidence_page(card: Card) -> str:
    """MODEL.md of the confidences."""
    tables = "\n".join(_half(half, found) for half, found in card["halves"].items())
    return f"""# Confidences of claims and slots

Logistic weights of traits that are known when a claim is read: its frame and rule, what is filled, what is inherited,
how many candidates, whether parse and rules agree, the second opinion. Fitted on hand-coded dispatches of the
development half; traits met less than {card["least"]} times are left out, and the penalty of each table was chosen on
reports left out of the fit. While fitting, the second opinion on a report came from a model that had not seen it. All
data are ours; Apache-2.0 like the code.

A claim's confidence is the probability that it is rightly found (same kind, same words); a slot's that it is right,
given that its claim is. The rules were written with the development half, so their claims are right more often there
than on new reports: the held-out half says what to expect.

Brier is the mean squared distance of confidence and outcome, base that of always saying the share that is right in that
half: where Brier is not below base, the confidence tells nothing that the share does not.

{tables}
{_AGAIN}"""


def _half(half: str, found: Mapping[str, Any]) -> str:
    columns = ("right", "mean", "brier", "base")
    rows = [
        " | ".join([f"| {of}", str(c["answers"]), *(f"{c[name]:.3f}" for name in columns), f"{_bins(c)} |"])
        for of, c in found.items()
    ]
    head = "| | answers | right | mean confidence | Brier | base | right by step of confidence (answers) |"
    return "\n".join([f"## {half.capitalize()}", "", head, "|---|---:|---:|---:|---:|---:|---|", *rows, ""])


def _bins(c: Mapping[str, Any]) -> str:
    return ", ".join(f"{low:.1f}-{high:.1f}: {right:.2f} ({n})" for low, high, n, _, right in c["bins"])


def slots_page(card: Card) -> str:
    """MODEL.md of what weighs the cast of a text."""
    rows = "\n".join(
        f"| {slot} | {found['claims']} | {found['traits']} | "
        + " | ".join(f"{found[language][by]:.3f}" for language in ("en", "fr") for by in ("rules", "weighed"))
        + " |"
        for slot, found in sorted(card["slots"].items())
    )
    return f"""# Weights of whom a claim means

A logistic model over traits of a candidate: where the text names it, what kind of actor it is, what part it has
had in the claims before, whom the rules have as actors and on the other side, what is done. No name is a trait, so
nothing is learnt of a country. Everybody whom a text names is weighed for the actors of every claim; who has a
probability of {card["least"]:g} or more and is known to the case is taken, whoever of the rules' has less is dropped.
Texts of one or two sentences and claims of control and ties stay with the rules, and so do recipients, a model of
which lost in English, and places: a model of them gained .02 on the reports left out and lost .09 of .69 in English
on the shared development gold, where it put a country in the place of the town of the story. Both languages share a
model.

## Data

Dispatches of the development half, coded by hand: a claim of the rules with the words of a claim by hand is an
example, of whatever kind. Our own unit records as the rules must read them, a candidate of which weighs
{card["trust"]:g}: without them the model gives what "X said" tells to X. Traits seen with fewer than
{card["met"]} candidates are left out.

## Scores

F1 over names in claims paired with those by hand, by models that have not seen the report ({card["folds"]} parts):

| slot | claims | traits | en, rules | en, weighed | fr, rules | fr, weighed |
|---|---:|---:|---:|---:|---:|---:|
{rows}

All kinds of claims are counted here, and those too whom the case does not know.
Bound, penalties and the weight of the records were chosen on the same parts, so the gain is a little flattered. On the
shared development gold, with which the rules were written and which is not learned from, the weights lose .006.

{_AGAIN.replace("recipes.coder_models", "recipes.slot_models")}"""
