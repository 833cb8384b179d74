"""``python -m tinyclf_gui`` is the command ``tinyclf-gui``."""

import sys

from tinyclf_gui.app import main

if __name__ == "__main__":
    sys.exit(main())
