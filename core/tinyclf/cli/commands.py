"""All commands under one name."""

from __future__ import annotations

import click

from tinyclf import __version__
from tinyclf.cli import benchmarking, collecting, doctor, exporting, learning, sampling, standing


class _InOrder(click.Group):
    """Lists its commands as a newcomer meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="tinyclf")
def tinyclf() -> None:
    """Grade thousands of photos 1 to 5 in an evening.

    A collection is one file, NAME.tinyclf; photos stay where they are and are never written to.
    The usual way: new, grade, train, propose, status, export. Try it at once: tinyclf demo.
    """


for _group in (sampling, collecting, standing, learning, exporting, benchmarking, doctor):
    for _command in _group.COMMANDS:
        tinyclf.add_command(_command)
