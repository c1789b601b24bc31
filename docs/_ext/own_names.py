"""Link names of the library from wherever they are defined; refuse those that do not exist.

A docstring may name ``inovasi_index.records.checking.check`` though its page documents it
as ``inovasi_index.records.check``: such a name links there. A name that exists and has no
page stays code. A name that does not exist stays a warning.
"""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils.nodes import Element, TextElement
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: TextElement
) -> Element | None:
    package, *path = node["reftarget"].split(".")
    if package != "inovasi_index" or not path:
        return None
    try:
        resolve_name(node["reftarget"])
    except (ImportError, AttributeError):
        return None
    public = f"inovasi_index.{path[0]}.{path[-1]}"
    found = env.get_domain("py").resolve_xref(
        env, node["refdoc"], app.builder, "obj", public, node, shown
    )
    return found or shown


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("missing-reference", resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
