"""The command ``tinyclf``: one file per group of commands, each a thin face of the session."""
