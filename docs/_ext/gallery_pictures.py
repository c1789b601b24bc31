"""Draw the pictures of the gallery by running the code that stands beside them.

Each ``python`` block of ``gallery.md`` saves one picture; the blocks run in order in a folder
that holds the examples, and the pictures go to ``_generated/gallery`` before Sphinx looks for
them. So a picture and its code cannot differ.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```python\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def draw(page: Path, folder: Path) -> None:
    """Run the code of a page in a folder."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    shutil.copytree(ROOT / "examples", folder / "examples")
    with contextlib.chdir(folder):
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            exec(compile(block, str(page), "exec"), namespace)  # noqa: S102 - the page is ours


def write_pictures(app: Sphinx) -> None:
    """Draw all pictures anew and replace those that changed."""
    target = Path(app.srcdir) / "_generated" / "gallery"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw(Path(app.srcdir) / "gallery.md", folder)
        drawn = {path.name: path.read_bytes() for path in folder.glob("*.png")}
    for old in target.iterdir():
        if old.name not in drawn:
            old.unlink()
    for file, data in drawn.items():
        path = target / file
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", write_pictures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
