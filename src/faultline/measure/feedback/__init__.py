"""Whether violence feeds on violence: a daily event model, and what would look the same. Public: FEEDBACK."""

from faultline.measure.feedback.find import FEEDBACK

__all__ = ["FEEDBACK"]
