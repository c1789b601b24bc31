"""Files in and out: submissions, forms for them, and downloads of the ministry's portal."""

from inovasi_index.io.portal import (
    MaturitySummary,
    PortalExport,
    PortalInnovation,
    read_portal_export,
)
from inovasi_index.io.schemas import json_schema
from inovasi_index.io.submissions import read_submission, write_submission
from inovasi_index.io.templates import write_template

__all__ = [
    "MaturitySummary",
    "PortalExport",
    "PortalInnovation",
    "json_schema",
    "read_portal_export",
    "read_submission",
    "write_submission",
    "write_template",
]
