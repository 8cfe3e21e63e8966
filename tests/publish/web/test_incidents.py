"""The pages of incidents as a reader without JavaScript gets them."""

import re
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from starlette.testclient import TestClient

from faultline.publish.incidents import Dossier, IncidentRow, acts_of
from faultline.publish.web.server import create_app
from faultline.publish.worlds import Memory, Seen
from faultline.record.claim import Casualties
from faultline.record.envelope import envelope_schema
from faultline.record.vocabulary import Action, Kind, Modality
from tests.publish.hand import Said, filing, hand_entry, open_desk, retold
from tests.resolve.standin import standin

FIRST = "The River Front attacked Tarn on 3 March. Four soldiers died, the army said."
SECOND = "Tarn was attacked on 3 March. Nine soldiers died, the River Front said."
OTHER = "The River Front met elders in Belk on 5 April."


def attack(words: str) -> Said:
    return Said(
        Kind.EVENT, words, "2020-03-03", Action.ASSAULT, "attack", "River Front" if "River" in words else "", "Tarn"
    )


def toll(words: str, number: int, speaker: str) -> Said:
    count = (Casualties("killed", number, number, number, "soldiers"),)
    return Said(
        Kind.QUANTITY, words, "", None, "fatalities", speaker=speaker, modality=Modality.CLAIMED, casualties=count
    )


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    entries = [
        hand_entry(
            filing("reports/first.md", "First", "2020-03-04"),
            FIRST,
            (attack("The River Front attacked Tarn"), toll("Four soldiers died", 4, "Army of Varda")),
        ),
        hand_entry(
            retold("reports/second.md", "Second", "2020-03-05", "radio"),
            SECOND,
            (attack("Tarn was attacked"), toll("Nine soldiers died", 9, "River Front")),
        ),
        hand_entry(
            filing("reports/other.md", "Other", "2020-04-06"),
            OTHER,
            (Said(Kind.TALK, "met elders", "2020-04-05", Action.CONSULT, "meeting", "", "Belk"),),
        ),
    ]
    desk = open_desk(Path(tmp_path_factory.mktemp("incidents")), entries)
    with pytest.MonkeyPatch.context() as patched:
        first, _, last = Memory.__init__.__defaults__  # type: ignore[misc]
        patched.setattr(Memory.__init__, "__defaults__", (first, standin, last))
        yield TestClient(create_app(desk, None), base_url="http://127.0.0.1")


def read(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.split('<main id="main">')[1]).split())


def incident(client: TestClient, place: str) -> str:
    (id,) = re.findall(
        r'<td class="nowrap"><a href="/incidents/(inc_\w+)[?"]', read(client, f"/incidents?place={place}")
    )
    return str(id)


def test_list_has_a_row_for_each_incident_and_says_what_is_provisional(client: TestClient) -> None:
    said = words(read(client, "/incidents"))
    assert "1–2 of 2 incidents" in said
    assert "provisional 0.80" in said and "meeting" in said


def test_filters_narrow_and_stay_in_the_form(client: TestClient) -> None:
    html = read(client, "/incidents?place=Belk&first_day=2020-04-01")
    assert "1–1 of 1 incident" in words(html)
    assert 'name="place" value="Belk"' in html and 'name="first_day" value="2020-04-01"' in html
    assert "No incident fits" in words(read(client, "/incidents?first_day=2021-01-01"))


def test_period_that_ends_before_it_begins_is_refused(client: TestClient) -> None:
    assert client.get("/incidents?first_day=2021-01-01&last_day=2020-01-01").status_code == 400


def test_incident_has_every_voice_with_its_sentence_and_its_document(client: TestClient) -> None:
    html = read(client, f"/incidents/{incident(client, 'tarn')}")
    assert len(re.findall(r'<li class="claim', html)) == 4
    assert "Nine soldiers died" in html and "Four soldiers died" in html
    assert "2 documents" in words(html)


def test_figure_of_an_enemy_stands_beside_and_does_not_count(client: TestClient) -> None:
    said = words(read(client, f"/incidents/{incident(client, 'tarn')}"))
    assert "River Front (on its enemy) a party on its enemy's losses".replace("'", "&#39;") in said
    assert "Army of Varda (on its own) yes" in said
    assert re.search(r"killed all 4 4 4 representative profile", said)


def test_sources_that_disagree_are_set_side_by_side(client: TestClient) -> None:
    assert "Where they disagree" in words(read(client, f"/incidents/{incident(client, 'tarn')}"))


def test_a_retelling_is_labelled_and_never_set_as_a_quotation(client: TestClient) -> None:
    html = read(client, f"/incidents/{incident(client, 'tarn')}")
    retelling = html.split("Nine soldiers died</mark>")[0].rsplit("<li", 1)[1]
    assert "<blockquote" not in retelling
    assert "retold by Faultline from example.org" in words(html)


def test_as_of_steps_back_and_travels_with_every_link(client: TestClient) -> None:
    html = read(client, "/incidents?as_of=2020-03-04")
    assert "1–1 of 1 incident" in words(html)
    inside = re.findall(r'href="(/incidents/[^"]+)"', html)
    assert inside and all("as_of=2020-03-04" in href for href in inside)


def test_unknown_incident_is_not_found(client: TestClient) -> None:
    assert client.get("/incidents/inc_00000000000000000000").status_code == 404


def test_api_gives_the_same_rows_in_their_schema(client: TestClient) -> None:
    found = client.get("/api/incidents").json()
    jsonschema.validate(found, envelope_schema(IncidentRow))
    assert len(found["rows"]) == 2
    one = client.get(f"/api/incidents/{found['rows'][1]['id']}").json()
    jsonschema.validate(one, envelope_schema(Dossier))
    assert one["rows"][0]["row"] == found["rows"][1]


def test_incident_is_named_by_what_was_done_and_not_by_what_says_nothing(tmp_path: Path) -> None:
    told = "The army declined to comment on Tarn. The River Front attacked Tarn on 3 March."
    silent = Said(Kind.TALK, "declined to comment on Tarn", "2020-03-03", Action.REJECT, "no_comment", "", "Tarn")
    entry = hand_entry(filing("reports/silent.md", "Silent", "2020-03-04"), told, (silent, attack("attacked Tarn")))
    desk = open_desk(tmp_path, [entry])
    seen = Seen(desk.case, desk.snapshot())
    claims = [claim for report in seen.reports for claim in report.claims]
    assert [claim.subtype for claim in claims] == ["no_comment", "attack"]
    assert acts_of(claims) == ("attack",)
    assert acts_of(claims[:1]) == ("no_comment",)
