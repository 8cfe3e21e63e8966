"""The documents of the invented case."""

from faultline.evidence import Entry
from faultline.record.claim import Casualties
from faultline.record.vocabulary import Action, Kind, Modality
from tests.publish.hand import Said, filing, hand_entry, retold

AMBUSH = "Fighters of the River Front ambushed an Army of Varda convoy near Tarn on 3 March, killing four soldiers"
MARKET = (
    "The governor said the market had reopened. "
    f"{AMBUSH}, a spokesman said. He did not say how many of the attackers died. The road was open again by evening."
)
TALKS = (
    "Envoys of the River Front met elders of Tarn in secret on 10 May 2020 and agreed to leave the mill alone. "
    "Jonas Petrel, a miller, confirmed it."
)
FRENCH = "Le Front du Fleuve tient Belk depuis le 12 février 2019. L'armée dément avoir perdu la ville."
OLD = (
    "The River Front took Belk in February 2019. Ana Mora, its envoy, spoke of a new phase. "
    "Later the Army of Varda denied it."
)
NO_DAY = "The Army of Varda says that it killed rebels near Belk."
SILENT = "Nada nuevo en el río."


def entries() -> list[Entry]:
    """Six documents: a report with nested and overlapping claims, a recent secret meeting, a French one, a retelling,
    one without a day, one in a language that nobody coded."""
    toll = (Casualties("killed", None, 4, None, "soldiers"),)
    market = (
        Said(Kind.EVENT, AMBUSH, "2020-03-03", Action.ASSAULT, "ambush", "River Front", "Tarn", "a spokesman",
             Modality.CLAIMED, toll),
        Said(Kind.QUANTITY, "killing four soldiers, a spokesman said", "2020-03-03", None, "fatalities"),
        Said(Kind.ASSESSMENT, "The road was open again by evening."),
    )  # fmt: skip
    talks = (
        Said(Kind.TALK, "Envoys of the River Front met elders of Tarn in secret on 10 May 2020", "2020-05-10",
             Action.CONSULT, "meeting", "River Front", "Tarn"),
        Said(Kind.EVENT, "agreed to leave the mill alone", "2020-05-10", Action.AGREE, "local pact"),
    )  # fmt: skip
    french = (
        Said(Kind.CONTROL, "Le Front du Fleuve tient Belk", "2019-02-12/..", Action.TAKE, "holds", "", "Belk"),
        Said(Kind.ALLEGATION, "L'armée dément avoir perdu la ville", "", None, "", modality=Modality.DENIED),
    )
    old = (
        Said(Kind.CONTROL, "The River Front took Belk in February 2019", "2019-02", Action.TAKE, "taken", "River Front",
             "Belk"),
        Said(Kind.INTENT, "Ana Mora, its envoy, spoke of a new phase", "2019", speaker="Ana Mora"),
    )  # fmt: skip
    undated = (Said(Kind.EVENT, NO_DAY, "", Action.ASSAULT, "clash", "Army of Varda", "Belk"),)
    return [
        hand_entry(filing("market", "Convoy ambushed as market reopens", "2020-03-04"), MARKET, market),
        hand_entry(
            filing("talks", "Secret meeting at the mill of Tarn", "2020-05-12"), TALKS, talks, ("Jonas Petrel",)
        ),
        hand_entry(filing("belk", "Belk aux mains du Front", "2019-02-13", "radio", "fr"), FRENCH, french),
        hand_entry(retold("old", "A town changes hands", "2019-03-01"), OLD, old, ("Ana Mora",)),
        hand_entry(filing("someday", "Rebels killed, army says"), NO_DAY, undated),
        hand_entry(filing("rio", "Nada nuevo", "2020-01-05", language="es"), SILENT),
    ]
