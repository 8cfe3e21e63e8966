"""A case folder in, one frozen Case out, or every problem at once with file and line."""

from faultline.case.case import Case, Input, Policy
from faultline.case.load import check_case, load_case
from faultline.case.names import Named, name_key
from faultline.case.new import new_case
from faultline.case.problem import CaseProblem
from faultline.case.scenario import load_model, load_scenario

__all__ = [
    "Case",
    "CaseProblem",
    "Input",
    "Named",
    "Policy",
    "check_case",
    "load_case",
    "load_model",
    "load_scenario",
    "name_key",
    "new_case",
]
