"""Reports for people: one HTML file that says what the score is, why, and what to do."""

from inovasi_index.reporting.report.documents import html_report, write_report

__all__ = ["html_report", "write_report"]
