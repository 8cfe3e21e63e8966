"""What measures, the system and the examiner say, in French: each sentence has its French, and quotations stay."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from faultline.examine import levels
from faultline.examine.levels import missing, series
from faultline.forecast.features import GROUPS
from faultline.measure import MEASURES
from faultline.publish.web import problems
from faultline.publish.web.retelling import Retelling
from faultline.publish.web.tongue import tongue_of
from faultline.record.examination import AssertionForm
from faultline.record.vocabulary import Verdict
from faultline.resolve.disputes import About

FRENCH = tongue_of("fr")
HOLE = "Varda"
# no page shows these: whom a measure follows, what it is in full, its least data; words that are looked for in texts
UNSHOWN = {text for m in MEASURES for text in (m.definition, m.least, m.reference)}
OF_TEXTS = ("force/terms.py", "force/notices.py", "control/spots.py", "blockade.py:83")


def sentences(root: Path, package: str = "measure") -> Iterator[tuple[str, str]]:
    """Where each measure says something, and what: strings of two words or more, holes filled with one name."""
    folder = root / "src/faultline" / package
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        inner = {id(part) for node in ast.walk(tree) for part in _unsaid(node)}
        for node in ast.walk(tree):
            said = "" if id(node) in inner else _text(node)
            where = f"{file.relative_to(folder).as_posix()}:{getattr(node, 'lineno', 0)}"
            if re.search(r"[a-z]{2,}\S* \S*[a-z]{2,}", said.replace(HOLE, "")) and not where.startswith(OF_TEXTS):
                yield where, said


def _unsaid(node: ast.AST) -> Iterator[ast.AST]:
    """Parts of a string with holes, explanations, and errors."""
    if isinstance(node, ast.JoinedStr):
        yield from (part for part in node.values if isinstance(part, ast.Constant))
        yield from (x for part in node.values if isinstance(part, ast.FormattedValue) for x in _format(part))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.Raise):
        yield from ast.walk(node)


def _format(part: ast.FormattedValue) -> Iterator[ast.AST]:
    return ast.walk(part.format_spec) if part.format_spec else iter(())


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else HOLE for part in node.values)
    return ""


def test_whatever_a_measure_says_has_its_french(root: Path) -> None:
    said = [(where, text.strip()) for where, text in sentences(root) if text not in UNSHOWN]
    assert len(said) > 250
    assert [(where, text) for where, text in said if FRENCH.told(text) == text] == []


# of the examiner: patterns that are looked for in an article, and the ends of rules
LOOKED_FOR = re.compile(r"\\|\||^of the story$|^la fin$")
SAME = set(
    "alliance article causes coordination coup dialogue embargo note parties points public restrictions sanctions "
    "second source sources suspension table tensions test tests total unit violence".split()
)


def left_in_english(text: str) -> set[str]:
    """The words of a sentence of ours that its French still has, but for those that both languages share."""
    english, french = (set(re.findall(r"[a-z]{3,}", one.replace(HOLE, ""))) for one in (text, FRENCH.told(text)))
    return (english & french) - SAME


def examined(root: Path) -> Iterator[tuple[str, str]]:
    """Where the examiner says something, and what, without the sign that joins it to the words before; what is filled
    in later is one name."""
    for where, text in sentences(root, "examine"):
        if not LOOKED_FOR.search(text):
            yield where, re.sub(r"^(and|when:) |^[;:, ]+", "", text).replace("{}", HOLE).strip()


def test_whatever_the_examiner_says_has_its_french(root: Path) -> None:
    said = list(examined(root))
    assert len(said) > 85
    assert [(where, text, left) for where, text in said if (left := left_in_english(text))] == []


def test_whatever_a_verdict_names_has_its_french() -> None:
    forms = {f for told in levels.described().values() for listed in told.values() for f in listed}
    nodes = {node.replace("_", " ") for node in {*levels.measures(), *missing(), *series()}}
    kinds = [*AssertionForm, *Verdict, *About, "period", "causes", "claim turned fact", "place", "region", "extension"]
    for one in (*forms, *nodes, *map(str, kinds), "day", "figure", "year"):
        assert FRENCH.told(one) != one or one in SAME, one


def test_table_fills_the_same_holes() -> None:
    assert FRENCH.retelling is not None
    for english, french in FRENCH.retelling.table.items():
        assert sorted(re.findall(r"\{\d\}", english)) == sorted(re.findall(r"\{\d\}", french)), english


TOLD = {
    "not enough data: 5 events, at least 20 are needed.": (
        "trop peu de données : 5 événements, il en faut au moins 20."
    ),
    "0.238 share": "0,238 part",
    "null 0.5 [0.0227 to 0.344]": "nul 0,5 [0,0227 à 0,344]",
    "deaths of officials: “was killed on Thursday”": "morts de responsables : “was killed on Thursday”",
    "protests: The Courier: “all violence, fronts”": "manifestations : The Courier : “all violence, fronts”",
    "Raid (declared): attacks told of at 2 places: Tarn (5), Belk (2); 0 of 8 claims name the coalition, the others no "
    "attacker": (
        "Raid (déclaré) : attaques dites en 2 lieux : Tarn (5), Belk (2) ; 0 affirmations sur 8 nomment la coalition, "
        "les autres aucun assaillant"
    ),
    "Tarn: siege, since 2012-01-18, no end known, last said to be in force on 2012-03-11; stated reason: attack": (
        "Tarn : siège, depuis 2012-01-18, aucune fin connue, dit en vigueur pour la dernière fois le 2012-03-11 ; "
        "motif donné : attaque"
    ),
    "claim clm_x1: got nothing, expected a claim in view as of 2020-06-01": (
        "affirmation clm_x1 : reçu rien, attendu une affirmation en vue au 2020-06-01"
    ),
    "file: got '.exe', expected one of .docx, .pdf": "fichier : reçu '.exe', attendu l’un de .docx, .pdf",
    "escalation 7 of 12 tests beyond their null": "escalade 7 tests sur 12 au-delà de leur hypothèse nulle",
    "synchrony: No party has 30 days with a hit on one of two fronts: not enough data": (
        "synchronie : Aucune partie n’a 30 jours avec un coup sur l’un de deux fronts : trop peu de données"
    ),
    "convergence: Highest rung that anybody reports: A: alliance; C: merger. Beyond chance: nothing": (
        "convergence : Plus haut échelon que quelqu’un rapporte : A : alliance ; C : fusion. Au-delà du hasard : rien"
    ),
    "protests: “5 events, at least 20 are needed”": "manifestations : “5 events, at least 20 are needed”",
    "not a sample: the record was chosen by hand; rates come from a systematic event table.": (
        "n’est pas un échantillon : le registre fut choisi à la main ; les taux viennent d’une table systématique "
        "d’événements."
    ),
    "violence: daily counts by mark from a complete event table": (
        "violence : des comptes quotidiens par marque d’une table complète d’événements"
    ),
    "4 bouts, 6 are needed; 2 bouts, 6 are needed": "4 phases, il en faut 6 ; 2 phases, il en faut 6",
    "539–3,399": "539–3\u202f399",
    "River Front": "River Front",
    "8 assertions: 4 supported, 4 not testable; 2 with another verdict than then; 1 slip.": (
        "8 assertions : 4 appuyées, 4 non vérifiables ; 2 avec un autre verdict qu’alors ; 1 faute."
    ),
    "2 other independent voices tell it; when: the article has 2012-06-22, others 2012-06-23 (courier, gov); when: the "
    "article has 2012-06-22, others 2012-06-23": (
        "2 autres voix indépendantes le disent ; quand : l’article a 2012-06-22, d’autres 2012-06-23 (courier, gov) ; "
        "quand : l’article a 2012-06-22, d’autres 2012-06-23"
    ),
    "no event table counts talks; 3 other independent voices assert the same, 0 the opposite: asserted, not measured; "
    "told of in the year before, which is no test: military pressure: 2 x blockade": (
        "aucune table d’événements ne compte pourparlers ; 3 autres voix indépendantes affirment la même chose, 0 la "
        "contraire : affirmé, non mesuré ; rapporté dans l’année d’avant, sans rien prouver : pression militaire : "
        "2 × blocus"
    ),
    "a change is a rate: no rate can be had of reports chosen by hand; told of in the year before: 3 x alliance": (
        "un changement est un taux : des rapports choisis à la main ne donnent aucun taux ; rapporté dans l’année "
        "d’avant : 3 × alliance"
    ),
    "2012-04 is the largest since 2011-04 in 1 of 2 series: state-based events, Varda 55 (provisional), rank 1 of 61; "
    "all violence 8, rank 20 of 61": (
        "2012-04 est le plus grand depuis 2011-04 dans 1 série sur 2 : événements (violence étatique), Varda 55 "
        "(provisoire), rang 1 sur 61 ; toutes violences 8, rang 20 sur 61"
    ),
    "on record from one voice: 1 x curfew; the latest: Osk: curfew, since 2026-04-26, until 2026-04-28 (its term ran "
    "out); stated reason: attack (reports chosen by hand: that it is told of, not how often)": (
        "au registre, d’une voix : 1 × couvre-feu ; le plus récent : Osk : couvre-feu, depuis 2026-04-26, jusqu’au "
        "2026-04-28 (son terme est échu) ; motif donné : attaque (rapports choisis à la main : que cela est rapporté, "
        "non combien souvent)"
    ),
    "backing: 9 ties of backing, 0 gaps and 3 substitutions on record; 2 claims of a completed departure, 6 of a lost "
    "asset; events changed beyond other days after: no declared departure; 5 days": (
        "soutien : 9 liens de soutien, 0 vides et 3 remplacements au registre ; 2 affirmations d’un départ achevé, 6 "
        "d’un moyen perdu ; les événements ont changé plus que d’autres jours après : aucun départ déclaré ; 5 jours"
    ),
    "'attack' is of frame killing": "« attack » est du cadre meurtre",
    "ambushes chosen by elders of Tarn": "ambushes chosen by elders of Tarn",
    "": "",
}


@pytest.mark.parametrize("english", TOLD)
def test_sentences_are_told_with_what_stood_in_them(english: str) -> None:
    assert FRENCH.told(english) == TOLD[english]


def test_one_of_a_thing_stands_in_the_singular_and_quotations_stay() -> None:
    made = Retelling({"{8} days of {0}": "{8} jours de {0}", "a pact": "un pacte"}, True, {"jours": "jour"}, "un|une")
    assert made.say("1 days of a pact") == "1 jour d’un pacte"
    assert made.say("21 days of “1 jours de un”") == "21 jours de “1 jours de un”"


@given(st.text(max_size=80))
def test_quotations_are_never_touched(words: str) -> None:
    assert FRENCH.told(f"deaths of officials: “{words}”").endswith(f" : “{words}”")


@given(st.text(alphabet="ab :;,.“”{}0", max_size=40))
def test_any_text_is_told_and_what_is_unknown_stays(text: str) -> None:
    assert Retelling({}, comma=False).tell(text) == text or ";" in text


def test_long_text_stays() -> None:
    assert FRENCH.told("deaths; " * 200 + "deaths") == "morts ; " * 200 + "morts"
    assert FRENCH.told("deaths; " * 300) == "deaths; " * 300  # more than 2,000 signs


HOSTILE = [
    ": a, " * 400,
    "a; entropy 1 " * 150,
    "1, rank 1 " * 200,
    "; " * 1000,
    "1" * 2000,
    "“”: " * 500,
    "a (b): " * 280,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_another_hand_keeps_a_page_waiting(text: str) -> None:
    """Two thousand signs that almost fit many templates: hours by trying every cut, milliseconds by each once."""
    assert FRENCH.told("no word of ours") == "no word of ours"  # the templates are made
    begun = process_time()
    FRENCH.told(text[:2000])
    assert process_time() - begun < 1


def test_english_is_told_as_it_is() -> None:
    assert tongue_of("en").told("not enough data") == "not enough data"


REFUSALS = ("Error", "Exception", "Problem")


def test_whatever_an_arrow_lacks_is_told_in_french() -> None:
    said = [*series().values(), *missing().values(), *GROUPS.values()]
    assert len(said) > 30
    assert [one for one in said if FRENCH.told(one) == one] == []


def refusals(root: Path) -> Iterator[tuple[str, str]]:
    """Where a view or a snapshot refuses something, and the words that it gives."""
    web = root / "src/faultline/publish/web"
    files = [
        *(set(web.rglob("*.py")) - {web / "serving.py"}),
        *(root / "src/faultline/evidence" / name for name in ("snapshot.py", "words.py")),
    ]
    for file in files:
        for raised in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(raised, ast.Call) and getattr(raised.func, "id", "").endswith(
                ("Error", "Exception", "Problem")
            ):
                for node in raised.args:
                    if " " in (said := _text(node).strip()):
                        yield f"{file.name}:{raised.lineno}", said


def test_whatever_is_refused_is_told_in_french(root: Path) -> None:
    said = list(refusals(root))
    assert len(said) > 25
    whole = [(where, said) for where, said in said if " " in said.replace(HOLE, "").strip()]  # else a noun and its id
    assert [(where, said) for where, said in whole if FRENCH.told(said) == said and not said.startswith("one of")] == []


@pytest.mark.parametrize("title", [*problems._TITLES.values(), "Refused"])
def test_titles_of_errors_have_their_french(title: str) -> None:
    assert FRENCH.say(title) != title


def test_error_page_is_french_and_the_api_stays_english(client: TestClient) -> None:
    page = client.get("/nothing?lang=fr")
    assert page.status_code == 404 and "Il n’y a pas de page à cette adresse." in page.text
    assert "Not Found" not in page.text and 'href="/?lang=fr"' in page.text
    gone = client.get("/documents/doc_x?lang=fr")
    assert "reçu rien" in gone.text and "Essayez un autre jour" in gone.text and "expected" not in gone.text
    off = client.get("/claims?lang=fr&first_day=soon")
    assert off.status_code == 400 and "on attend un jour" in off.text
    problem = client.get("/api/documents/doc_x?lang=fr", headers={"accept-language": "fr"})
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["title"] == "Not in view" and "expected" in problem.json()["detail"]
