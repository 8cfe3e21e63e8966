"""Whether the level of violence changed, and since when it is the largest. Public: ESCALATION."""

from faultline.measure.escalation.find import ESCALATION

__all__ = ["ESCALATION"]
