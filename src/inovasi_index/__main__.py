"""``python -m inovasi_index``."""

import sys

from inovasi_index.cli import main

sys.exit(main())
