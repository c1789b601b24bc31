"""Data frames, pictures, documents: results as people and other programs take them."""

from typing import TYPE_CHECKING

from inovasi_index.later import fetched_later

if TYPE_CHECKING:
    from inovasi_index.reporting.frames import to_frame
    from inovasi_index.reporting.from_frames import Empty, Unexpected, table_from_frame

__all__ = ["Empty", "Unexpected", "table_from_frame", "to_frame"]

__getattr__, __dir__ = fetched_later(
    __name__,
    {
        "Empty": "from_frames",
        "Unexpected": "from_frames",
        "table_from_frame": "from_frames",
        "to_frame": "frames",
    },
)
