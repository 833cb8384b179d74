"""All commands under one name."""

from __future__ import annotations

from importlib import import_module

import click

from tinyclf import __version__

ROOMS = {
    "sampling": ("demo", "sample"),
    "collecting": ("new", "import", "relink", "grade", "group"),
    "standing": ("suggest", "status"),
    "learning": ("presets", "train", "propose", "compare"),
    "trusting": ("exam", "audit", "doubts"),
    "exporting": ("export",),
    "simulating": ("simulate",),
    "fitting": ("fit", "evaluate", "predict"),
    "serving": ("serve",),
    "plotting": ("plot",),
    "showing": ("show",),
    "benchmarking": ("quick-benchmark", "benchmark"),
    "caching": ("caches",),
    "doctor": ("doctor",),
}
"""The commands of each module here, both as a newcomer meets them."""


class _Lazy(click.Group):
    """Loads a command when it is asked for: none waits for the libraries of another."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for names in ROOMS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        wanted = [room for room, names in ROOMS.items() if cmd_name in names]
        for room in wanted or ROOMS:  # of an unknown name, click looks for the nearest
            commands = import_module(f"tinyclf.cli.{room}").COMMANDS
            self.commands.update((each.name, each) for each in commands)
        return self.commands.get(cmd_name)


@click.group(
    cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="tinyclf")
def tinyclf() -> None:
    """Grade thousands of photos 1 to 5 in an evening.

    A collection is one file, NAME.tinyclf; photos stay where they are and are never written to.
    The usual way: new, grade, train, propose, status, export. Try it at once: tinyclf demo.
    """
