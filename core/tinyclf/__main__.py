"""``python -m tinyclf`` is the command ``tinyclf``."""

from tinyclf.cli.main import main

if __name__ == "__main__":
    main()
