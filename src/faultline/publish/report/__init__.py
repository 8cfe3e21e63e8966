"""The report: an analyst's briefing on a period as of a day, fit to leave the desk, as a page, PDF or Word document."""

from faultline.publish.report.brief import brief
from faultline.publish.report.contents import ReportLimits
from faultline.publish.report.mechanisms import GATED_MEASURES
from faultline.publish.report.sections import BriefingLimits
from faultline.publish.report.write import check_form, write_briefing, write_report

__all__ = ["GATED_MEASURES", "BriefingLimits", "ReportLimits", "brief", "check_form", "write_briefing", "write_report"]
