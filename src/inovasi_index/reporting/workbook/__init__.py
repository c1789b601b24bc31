"""The result workbook: scores of one region or of many, as an .xlsx file for people."""

from inovasi_index.reporting.workbook.writing import result_workbook, write_result_workbook

__all__ = ["result_workbook", "write_result_workbook"]
