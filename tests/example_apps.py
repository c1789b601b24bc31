"""The applications of the examples, as modules."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def load(name: str) -> Any:
    """Return the application in a folder of the examples."""
    spec = importlib.util.spec_from_file_location(f"{name}_app", EXAMPLES / name / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # Django looks the addresses up by this name
    spec.loader.exec_module(module)
    return module
