"""Tests what an article asserts about a conflict. Public: examine, Grounds."""

from faultline.examine.examiner import examine
from faultline.examine.grounds import Grounds

__all__ = ["Grounds", "examine"]
