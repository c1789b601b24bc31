"""Files in and out: submissions and the downloads of the ministry's portal."""

from inovasi_index.io.portal import (
    MaturitySummary,
    PortalExport,
    PortalInnovation,
    read_portal_export,
)
from inovasi_index.io.schemas import json_schema
from inovasi_index.io.submissions import read_submission, write_submission

__all__ = [
    "MaturitySummary",
    "PortalExport",
    "PortalInnovation",
    "json_schema",
    "read_portal_export",
    "read_submission",
    "write_submission",
]
