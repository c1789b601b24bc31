"""How the documentation is built: `sphinx-build -n -W --keep-going -b html docs docs/_build`."""

from __future__ import annotations

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "inovasi_index"
author = "The inovasi_index maintainers"
project_copyright = "%Y, The inovasi_index maintainers"
release = version = version_of("inovasi_index")

extensions = [
    "edition_pages",
    "fault_codes",
    "gallery_pictures",
    "mathml",
    "myst_nb",
    "numpydoc",
    "own_names",
    "scheme_pages",
    "sphinx.ext.autodoc",
    "sphinx_copybutton",
    "sphinx_design",
]
exclude_patterns = ["_build", "_ext", "_generated/fault_codes.md"]

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True
smartquotes = False  # official wording is shown to the letter
copybutton_exclude = ".linenos, .gp, .go"

# Single backticks in docstrings link where the name is ours and stay code where it is not.
default_role = "py:obj"
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # types stand in the parameter lists, in words
numpydoc_show_class_members = False
numpydoc_attributes_as_param_list = True
nitpicky = True
nitpick_ignore_regex = [("py:.*", r"(?!inovasi_index\.).*")]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["notebooks.css"]
html_title = "inovasi_index"
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0b5e7d",
        "color-brand-content": "#0b5e7d",
    },
    "dark_css_variables": {
        "color-brand-primary": "#6cc3e0",
        "color-brand-content": "#6cc3e0",
    },
}
