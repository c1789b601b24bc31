"""Data frames, pictures, documents: results as people and other programs take them."""

from typing import TYPE_CHECKING

from inovasi_index.later import fetched_later

if TYPE_CHECKING:
    from inovasi_index.reporting import pictures
    from inovasi_index.reporting.frames import to_frame
    from inovasi_index.reporting.from_frames import (
        Empty,
        Unexpected,
        scores_from_frame,
        table_from_frame,
    )
    from inovasi_index.reporting.report import html_report, write_report
    from inovasi_index.reporting.workbook import result_workbook, write_result_workbook

__all__ = [
    "Empty",
    "Unexpected",
    "html_report",
    "pictures",
    "result_workbook",
    "scores_from_frame",
    "table_from_frame",
    "to_frame",
    "write_report",
    "write_result_workbook",
]

__getattr__, __dir__ = fetched_later(
    __name__,
    {
        "Empty": "from_frames",
        "Unexpected": "from_frames",
        "html_report": "report",
        "pictures": "pictures",
        "result_workbook": "workbook",
        "scores_from_frame": "from_frames",
        "table_from_frame": "from_frames",
        "to_frame": "frames",
        "write_report": "report",
        "write_result_workbook": "workbook",
    },
)
