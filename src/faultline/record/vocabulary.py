"""The controlled vocabularies (DESIGN §2 and §8). Invariant: a word here has one meaning, and a change to one is
reviewed like a schema migration."""

from enum import StrEnum


class Kind(StrEnum):
    """Kind of a claim."""

    EVENT = "event"
    TALK = "talk"
    RESTRICTION = "restriction"
    RELATION = "relation"
    CONTROL = "control"
    ALLEGATION = "allegation"
    THREAT = "threat"
    ASSESSMENT = "assessment"
    QUANTITY = "quantity"
    INTENT = "intent"
    PREDICTION = "prediction"


class Modality(StrEnum):
    """Commitment with which a claim is made; the text's own stance, never ours."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    THREATENED = "threatened"
    PLANNED = "planned"
    DEMANDED = "demanded"
    HYPOTHETICAL = "hypothetical"
    ASSESSMENT = "assessment"
    NEGATED = "negated"
    SUPERSEDED = "superseded"

    @property
    def counts_as_fact(self) -> bool:
        """Whether the text vouches for the content itself."""
        return self in (Modality.ASSERTED, Modality.CONFIRMED)


class Action(StrEnum):
    """Action roots: PLOVER (Halterman et al. 2023, arXiv:2304.01331) and what it lacks."""

    AGREE = "agree"
    CONSULT = "consult"
    SUPPORT = "support"
    COOPERATE = "cooperate"
    AID = "aid"
    YIELD = "yield"
    REQUEST = "request"
    ACCUSE = "accuse"
    REJECT = "reject"
    THREATEN = "threaten"
    PROTEST = "protest"
    SANCTION = "sanction"
    MOBILIZE = "mobilize"
    COERCE = "coerce"
    ASSAULT = "assault"
    TAKE = "take"  # territory taken, retaken, handed over
    WITHDRAW = "withdraw"
    BLOCKADE = "blockade"  # siege or blockade begun, lifted
    RESPONSIBILITY = "responsibility"  # claimed, denied
    TRANSFORM = "transform"  # actor renamed, split, merged


class SourceKind(StrEnum):
    """What a source is."""

    OUTLET = "outlet"
    WIRE = "wire"
    LOCAL_PRESS = "local_press"
    STATE_MEDIA = "state_media"
    RESEARCH = "research"
    UN = "un"
    MONITOR = "monitor"
    SOCIAL = "social"
    PARTY = "party"
    ENCYCLOPEDIA = "encyclopedia"
    NGO = "ngo"
    GOVERNMENT = "government"
    DATASET = "dataset"
    OTHER = "other"


class ActorKind(StrEnum):
    """What an actor is."""

    STATE = "state"
    GOVERNMENT = "government"
    STATE_FORCE = "state_force"
    JUNTA = "junta"
    ARMED_GROUP = "armed_group"
    COALITION = "coalition"
    MILITIA = "militia"
    FOREIGN_FORCE = "foreign_force"
    PEACEKEEPING = "peacekeeping"
    PRIVATE_MILITARY = "private_military"
    REGIONAL_BODY = "regional_body"
    POLITICAL = "political"
    CIVIL_SOCIETY = "civil_society"
    ORGANISATION = "organisation"
    PERSON = "person"
    CIVILIANS = "civilians"
    UNKNOWN = "unknown"


ARMED = frozenset(
    {
        ActorKind.STATE_FORCE,
        ActorKind.ARMED_GROUP,
        ActorKind.COALITION,
        ActorKind.MILITIA,
        ActorKind.FOREIGN_FORCE,
        ActorKind.PEACEKEEPING,
        ActorKind.PRIVATE_MILITARY,
    }
)


class TieKind(StrEnum):
    """Kind of a dated relation, read from the actor that holds it to the other."""

    SUCCESSOR = "successor"  # this succeeds the other
    SPLIT = "split"  # this split from the other
    MERGER = "merger"  # this merged into the other
    MEMBER = "member"  # this is a member of the other
    ALLIANCE = "alliance"
    COMMAND = "command"  # this commands the other
    BACKING = "backing"  # this backs the other
    RIVALRY = "rivalry"


class Reliability(StrEnum):
    """Reliability of a source on the Admiralty scale (NATO AJP-2.1)."""

    A = "A"  # completely reliable
    B = "B"  # usually reliable
    C = "C"  # fairly reliable
    D = "D"  # not usually reliable
    E = "E"  # unreliable
    F = "F"  # reliability cannot be judged


class Credibility(StrEnum):
    """Credibility of a piece of information on the Admiralty scale (NATO AJP-2.1)."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


class PlacePrecision(StrEnum):
    """How finely a place is known (UCDP where_prec in `ucdp`, ACLED geo precision in `acled`)."""

    EXACT = "exact"
    NEAR = "near"  # within about 25 km
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    UNKNOWN = "unknown"

    @property
    def ucdp(self) -> int:
        """UCDP GED codebook 26.1, where_prec: 1 exact, 2 near, 3 second-order, 4 first-order, 6 country, 7 unknown."""
        return {"exact": 1, "near": 2, "admin2": 3, "admin1": 4, "country": 6}.get(self.value, 7)

    @property
    def acled(self) -> int:
        """ACLED codebook, geo precision: 1 the place, 2 near it, 3 a region."""
        return {"exact": 1, "near": 2, "admin2": 2}.get(self.value, 3)


class SlotName(StrEnum):
    """Slots of a claim. Each filled slot carries its span, rule and reason."""

    ACTION = "action"
    ACTOR = "actor"
    RECIPIENT = "recipient"
    PLACE = "place"
    DAYS = "days"
    COUNT = "count"
    SPEAKER = "speaker"
    MODALITY = "modality"
    MECHANISM = "mechanism"
    ARROW = "arrow"  # what acts on what: see record/system.py
    SIGN = "sign"  # what is read as a sign of what
    REASON = "reason"


class DecisionKind(StrEnum):
    """What a judgement says."""

    SAME_AS = "same-as"
    PART_OF = "part-of"
    NOT_SAME = "not-same"
    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    RETRACT = "retract"
    WITHHOLD = "withhold"


class MentionKind(StrEnum):
    """What a name in a text names."""

    ACTOR = "actor"
    PLACE = "place"
    PERSON = "person"
    ASSET = "asset"
    SOURCE = "source"


class Verdict(StrEnum):
    """What the evidence says of an assertion."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    MIXED = "mixed"
    CHANCE = "indistinguishable from chance"
    NOT_TESTABLE = "not testable"


class ArrowKind(StrEnum):
    """How an arrow of the system map is known."""

    MEASURED = "measured"
    ASSERTED = "asserted"
    ASSUMED = "assumed"
