"""The report: one self-contained HTML file of what the record holds on a day, fit to leave the desk."""

from faultline.publish.report.contents import ReportLimits
from faultline.publish.report.write import write_report

__all__ = ["ReportLimits", "write_report"]
