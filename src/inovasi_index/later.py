"""Names of a package that are fetched when they are first asked for (PEP 562).

A government application imports the package at every start, so what only some users need
waits. Type checkers see such names through an import under ``TYPE_CHECKING``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["fetched_later"]


def fetched_later(
    package: str, modules: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` of a package.

    Parameters
    ----------
    package : str
        Its ``__name__``.
    modules : mapping of str to str
        Name → the module inside the package that has it; a module's own name stands for
        the module itself.

    Examples
    --------
    >>> import inovasi_index
    >>> inovasi_index.datasets.__name__
    'inovasi_index.datasets'
    """

    def get(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(f"{package}.{modules[name]}")
        found = module if name == modules[name] else getattr(module, name)
        setattr(sys.modules[package], name, found)
        return found

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *modules})

    return get, names
