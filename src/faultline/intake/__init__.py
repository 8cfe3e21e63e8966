"""Files from outside become documents with their filings; tables bring their claims along. Invariant: a file is taken
whole or named with the reason why not. The names below are what other rooms use."""

from faultline.intake.documents import take_file, take_path
from faultline.intake.limits import Limits
from faultline.intake.taken import Skipped, Taken
from faultline.intake.taking import count_files, take_alone, take_case

__all__ = ["Limits", "Skipped", "Taken", "count_files", "take_alone", "take_case", "take_file", "take_path"]
