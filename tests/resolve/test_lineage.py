import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faultline.record.errors import NotFoundError
from faultline.record.vocabulary import ActorKind, TieKind
from faultline.resolve.lineage import Lineages, trace
from faultline.resolve.report import Report
from tests.resolve.newsroom import ACTORS, ARMY_SAID, FRENCH, OWN_WORDS, ids, newsroom, report, tie

CASE = newsroom()
OTHER = "Eleven people died when riders fired on traders in Orra, says a witness who reached the hospital of the town."


def counted(*reports: Report) -> int:
    return trace(CASE, reports).count(ids(*reports))


def test_two_houses_that_report_by_themselves_are_two_lineages():
    assert counted(report("herald", OWN_WORDS), report("courier", OTHER)) == 2


def test_second_copy_of_wire_story_adds_no_corroboration():
    wire = report("afp", OWN_WORDS)
    copies = [report(house, f"{OWN_WORDS} (AFP)", day="2020-03-03") for house in ("herald", "portal")]
    assert counted(wire) == counted(wire, *copies) == 1


def test_wire_copy_without_a_credit_leaves_corroboration_alone():
    first, independent = report("afp", OWN_WORDS), report("courier", OTHER)
    assert counted(first, independent, report("portal", OWN_WORDS, day="2020-03-04")) == 2


def test_copy_whose_credit_line_alone_names_the_wire_gives_the_wire_to_the_uncredited_one():
    bare, credited = report("portal", OWN_WORDS), report("herald", f"{OWN_WORDS} (AFP)", day="2020-03-03")
    assert counted(bare, credited, report("afp", OTHER)) == 1


def test_wire_credited_in_two_retellings_without_common_words_is_one_lineage():
    one = report("herald", f"ORRA (AFP) - {OTHER}")
    other = report("portal", f"{FRENCH} (avec AFP)", language="fr")
    assert counted(one, other) == 1


def test_person_who_told_a_wire_makes_the_story_the_wires():
    told = report("herald", f"{OTHER} Two more died later, a nurse told AFP.", (OTHER[:40], ""))
    assert counted(told, report("afp", FRENCH, language="fr")) == 1


def test_wire_quoted_for_one_sentence_leaves_the_rest_to_the_house():
    text = f"{OTHER} Reuters reported nine dead on the road to Vardopol."
    mixed = report("herald", text, (OTHER[:40], ""), ("nine dead", ""))
    wire = report("reuters", FRENCH, language="fr")
    lineages = trace(CASE, [mixed, wire])
    own, quoted = ids(mixed)
    assert lineages.count([own, *ids(wire)]) == 2
    assert lineages.count([quoted, *ids(wire)]) == 1


def test_digest_of_two_wires_joins_neither_to_the_other():
    digest = report("portal", f"{OTHER[:-1]}, according to AFP and Reuters.")
    one, two = report("afp", FRENCH, language="fr"), report("reuters", OWN_WORDS)
    assert counted(one, two) == counted(one, two, digest) == 2
    assert counted(digest) == 1


def test_two_spokesmen_of_one_party_are_one_voice():
    army = report("herald", ARMY_SAID, ("12 rebels were killed", "army of Vardo"))
    minister = report("courier", f"{OTHER} Ilo Vane spoke of 12 rebels.", ("12 rebels", "Ilo Vane"))
    french = report("afp", "Selon l'armée du Vardo, 12 rebelles sont morts.", ("12 rebelles", "armée du Vardo"))
    state = report("gazette", "Our forces killed twelve rebels at the ford of Orra on Monday.")
    lineages = trace(CASE, [army, minister, french, state])
    assert lineages.count(ids(army, minister, french, state)) == 1
    assert lineages.of(ids(minister)[0])[-1].id == "voice gov"


def test_two_parties_through_one_wire_are_two_voices():
    text = f"{ARMY_SAID} The OLF said that its men lost nobody there, AFP reported."
    both = report("afp", text, ("12 rebels were killed", "army of Vardo"), ("its men lost nobody", "OLF"))
    assert counted(both) == 2


def test_commander_speaks_for_whom_he_led_on_the_day():
    before = report("herald", "Dara Kohl said the road is safe.", ("road is safe", "Dara Kohl"), day="2018-05-01")
    after = report("herald", "Dara Kohl said the road is theirs.", ("road is theirs", "Dara Kohl"), day="2020-05-01")
    lineages = trace(CASE, [before, after])
    assert [lineages.of(claim)[-1].id for claim in ids(before, after)] == ["voice gov", "voice front"]


def test_tie_that_was_not_published_yet_joins_nobody():
    later = report("herald", "Dara Kohl said the road is theirs.", ("road is theirs", "Dara Kohl"), day="2019-01-20")
    known, unknown = trace(CASE, [later], date(2019, 3, 1)), trace(CASE, [later], date(2019, 1, 25))
    assert known.of(ids(later)[0])[-1].id == "voice front"
    assert unknown.of(ids(later)[0])[-1].id == "voice chief"


def test_member_group_is_a_voice_of_its_coalition():
    wing = report("herald", "Northern Wing said it took the ford.", ("it took the ford", "Northern Wing"))
    front = report("courier", "Its men took the ford, said OLF.", ("Its men took the ford", "OLF"))
    assert counted(wing, front) == 1


def test_member_states_of_a_regional_body_keep_voices_of_their_own():
    body = (*ACTORS, *(_state(name) for name in ("Astra", "Belin")), _body())
    case = newsroom(body)
    reports = [report("herald", f"{name} said so.", ("so", name)) for name in ("Astra", "Belin")]
    assert trace(case, reports).count(ids(*reports)) == 2


def _state(name):
    return type(ACTORS[0])(name.lower(), name, ActorKind.STATE, ties=(tie(name.lower(), TieKind.MEMBER, "union"),))


def _body():
    return type(ACTORS[0])("union", "Union of the Coast", ActorKind.REGIONAL_BODY)


def test_officeholder_speaks_for_his_office():
    mayor = report("herald", "Tess Orrin counted nine dead.", ("nine dead", "Tess Orrin"))
    assert trace(CASE, [mayor]).of(ids(mayor)[0])[-1].id == "voice mayor-office"


def test_person_whom_the_case_does_not_know_is_one_voice_with_and_without_rank():
    one = report("herald", "Colonel Jon Mabe counted nine dead.", ("nine dead", "Colonel Jon Mabe"))
    other = report("courier", "Il y a neuf morts, selon Jon Mabe.", ("neuf morts", "Jon Mabe"), language="fr")
    assert counted(one, other) == 1


def test_unnamed_people_count_as_the_house_that_heard_them():
    one = report("herald", "A resident said nine died.", ("nine died", "resident"))
    other = report("courier", "Nine died, residents said.", ("Nine died", "residents"))
    assert trace(CASE, [one, other]).count(ids(one, other)) == 2
    assert trace(CASE, [one]).of(ids(one)[0])[-1].via != "speaker"


def test_french_article_is_no_acronym():
    told = report("herald", "Il y a neuf morts, dit un homme.", ("neuf morts", "un homme"), language="fr")
    assert trace(CASE, [told]).of(ids(told)[0])[-1].id == "house herald"


def test_page_that_speaks_of_itself_names_nobody():
    said = [report("herald", "Nine died, the site says.", ("Nine died", word)) for word in ("site", "article")]
    assert trace(CASE, said).count(ids(*said)) == 1


def test_two_sites_of_one_house_are_one_lineage():
    assert counted(report("courier", OWN_WORDS), report("courier-web", FRENCH, language="fr")) == 1


def test_network_that_launders_is_one_lineage_and_is_called_so():
    one, two = report("echo-1", OWN_WORDS), report("echo-2", OTHER)
    lineages = trace(CASE, [one, two])
    assert lineages.count(ids(one, two)) == 1
    assert lineages.of(ids(one)[0])[0].via == "laundering"


def test_retelling_names_the_page_that_it_rests_on():
    retold = report("herald", OWN_WORDS, url="https://example.org/a", retold_from="https://example.org/a")
    step = trace(CASE, [retold]).of(ids(retold)[0])[0]
    assert (step.via, step.source, step.address) == ("retelling", "herald", "https://example.org/a")


def test_body_and_its_own_reports_are_one_voice():
    quoted = report("herald", "Nine died, the VOM said.", ("Nine died", "VOM"))
    own = report("vom", FRENCH, language="fr")
    named = report("portal", f"{OTHER[:-1]}, according to the Vardo Observer Mission.")
    assert counted(quoted, own, named) == 1


def test_copied_passage_rests_on_the_older_text_and_the_rest_on_the_house():
    rest = "Traders of Orra met on Friday. They asked the council for a night watch. The price of grain has doubled. "
    longer = rest + OWN_WORDS + " " + rest.replace("Friday", "Sunday").replace("grain", "salt") + _filler(90)
    first = report("afp", OWN_WORDS)
    taken = report("herald", longer, (OWN_WORDS, ""), ("asked the council for a night watch", ""), day="2020-03-05")
    lineages = trace(CASE, [first, taken])
    copied, own = sorted(ids(taken), key=lambda claim: lineages.of(claim)[-1].id)
    assert lineages.of(copied)[-1].id == "house afp"
    assert lineages.of(own)[-1].id == "house herald"


def _filler(words):
    return " ".join(f"word{n}" for n in range(words)) + "."


def test_label_copy_of_is_never_read():
    label = json.dumps({"copy_of": "reports/x.md"})
    assert counted(report("herald", OWN_WORDS), report("courier", OTHER, extra=label)) == 2


def test_credit_in_the_front_matter_counts_for_all_of_a_page_that_does_not_name_it():
    said = json.dumps({"credits": ["AFP"]})
    assert counted(report("herald", OTHER, extra=said), report("afp", FRENCH, language="fr")) == 1


def test_credit_in_the_front_matter_reaches_no_further_than_the_text_lets_it():
    text = f"{OTHER} Nine died, AFP reported."
    page = report("herald", text, (OTHER[:40], ""), extra=json.dumps({"credits": ["AFP"]}))
    assert counted(page, report("afp", FRENCH, language="fr")) == 2


def test_exact_copy_changes_nothing_but_its_own_count():
    base = [report("herald", OWN_WORDS), report("herald", FRENCH, language="fr"), report("courier", OTHER)]
    before = trace(CASE, base)
    copy = report("portal", OWN_WORDS, day="2020-03-09")
    after = trace(CASE, [*base, copy])
    assert {claim: before.of(claim) for claim in ids(*base)} == {claim: after.of(claim) for claim in ids(*base)}
    assert [set(g) - set(ids(copy)) for g in after.groups(ids(*base, copy))] == [
        set(g) for g in before.groups(ids(*base))
    ]


def test_copies_of_one_day_never_raise_the_count_whoever_was_first():
    base = [report("herald", OWN_WORDS), report("herald", FRENCH, language="fr")]
    assert all(counted(*base, report(house, OWN_WORDS)) == counted(*base) for house in ("portal", "courier", "gazette"))


@given(st.permutations(range(6)))
def test_order_of_arrival_does_not_matter(order):
    reports = [
        report("herald", OWN_WORDS),
        report("portal", f"{OWN_WORDS} (AFP)", day="2020-03-03"),
        report("courier", OTHER),
        report("afp", ARMY_SAID, ("12 rebels were killed", "army of Vardo")),
        report("gazette", "Our forces killed twelve rebels at the ford of Orra on Monday."),
        report("portal", f"{OTHER[:-1]}, according to AFP and Reuters.", day="2020-03-04"),
    ]
    straight, mixed = trace(CASE, reports), trace(CASE, [reports[n] for n in order])
    assert straight == mixed
    assert straight.groups(ids(*reports)) == mixed.groups(reversed(ids(*reports)))


def test_claims_without_lineage_are_no_claims():
    assert Lineages().count([]) == 0
    with pytest.raises(NotFoundError):
        Lineages().of("clm_none")
