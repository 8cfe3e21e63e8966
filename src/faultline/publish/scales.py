"""The words of the scales that pages and reports show. Invariant: every letter has one."""

from faultline.record.vocabulary import Reliability

# NATO AJP-2.1, as in record.vocabulary.Reliability.
RELIABILITY = {
    Reliability.A.value: "completely reliable",
    Reliability.B.value: "usually reliable",
    Reliability.C.value: "fairly reliable",
    Reliability.D.value: "not usually reliable",
    Reliability.E.value: "unreliable",
    Reliability.F.value: "reliability cannot be judged",
}
