"""The report: one self-contained HTML file of what the record holds on a day, fit to leave the desk."""

from faultline.publish.report.write import ReportLimits, write_report

__all__ = ["ReportLimits", "write_report"]
