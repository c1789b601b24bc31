"""The schemas as they were published; other programs validate against them.

A change of a form is a change of the number of its format, or adds what may be left out. After
one on purpose: ``python tests/published_schemas.py > tests/published_schemas.json``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

PUBLISHED = Path(__file__).with_suffix(".json")


def published(document: str) -> Any:
    """Return the schema of a document as it was published."""
    return json.loads(PUBLISHED.read_text(encoding="utf-8"))[document]


def main() -> None:
    from inovasi_index.io import json_schema

    found = {name: json_schema(name) for name in ("submission", "score", "explanation")}
    sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
