"""How a table is written: what stands between its cells, and whether its first row names them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from tinyclf.data.datasets.columns import is_missing, parse_number
from tinyclf.data.table_text import stated_separator
from tinyclf.errors import InputError

SEPARATORS = ",;\t|"
LONGEST_LINE = 4_000_000
"""Characters; 65,536 numbers written out take a quarter of it."""

_SNIFFED = 20
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


def rows_of(path: object, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row begins, from 1, and its cells; empty rows are passed over.

    Args:
        path: The file, for messages.
        text: What it holds.
        separator: What stands between cells.

    Raises:
        InputError: from somewhere on it is no table.
    """
    reader = csv.reader(lines_of(text), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not _is_statement(line, cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{path} is no table from line {line} on ({error}). Save it as CSV again."
        ) from error


def lines_of(text: str) -> Iterator[str]:
    """Yield a text's lines with their ends, whichever these are, without a copy of all of it.

    Raises:
        csv.Error: one is longer than those of any table.
    """
    for found in _LINE.finditer(text):
        if found.end() - found.start() > LONGEST_LINE:
            raise csv.Error(f"a line of more than {LONGEST_LINE:,} characters")
        yield found[0]


def decimal_comma(separator: str) -> bool:
    """Tell whether numbers may have a decimal comma."""
    return separator in ";\t"


def find_separator(text: str) -> str:
    """Return what stands between the cells of a table.

    It parts the first rows into equally many cells; of several that do, it is the one that leaves
    most numbers: in ``5,1;3,5;red`` the semicolon.
    """
    if stated := stated_separator(text, SEPARATORS):
        return stated
    return max(SEPARATORS, key=lambda separator: _fitness(text, separator))


def _fitness(text: str, separator: str) -> tuple[bool, int, int]:
    try:
        rows = list(islice(csv.reader(lines_of(text), delimiter=separator), _SNIFFED))
    except csv.Error:
        return False, 0, 0
    rows = [cells for cells in rows if any(cell.strip() for cell in cells)]
    widths = {len(cells) for cells in rows}
    comma = decimal_comma(separator)
    numbers = sum(
        parse_number(cell.strip(), comma=comma) is not None for cells in rows for cell in cells
    )
    widest = max(widths, default=0)
    return len(widths) == 1 and widest > 1, numbers if widest > 1 else 0, widest


def has_header(path: object, rows: Sequence[Sequence[str]], separator: str) -> bool:
    """Tell whether the first row names the columns.

    It does where words stand over columns of numbers; in a table without numbers, where none of
    its words comes again in its column.

    Args:
        path: The file, for messages.
        rows: The first rows, equally long.
        separator: What stands between cells.

    Raises:
        InputError: words and numbers stand over numbers.
    """
    comma = decimal_comma(separator)
    columns = [[cell.strip() for cell in cells] for cells in zip(*rows, strict=True)]
    over_numbers = [head for head, *rest in columns if _are_numbers(rest, comma)]
    words = [head for head in over_numbers if parse_number(head, comma=comma) is None]
    numbers = [head for head in over_numbers if head not in words]
    if not over_numbers:
        return len(rows) > 1 and not any(head in rest for head, *rest in columns)
    if words and numbers and not _count_up(numbers):
        raise InputError(
            f"It cannot be told whether the first row of {path} names its columns: {words[0]!r} "
            f"stands over numbers, and so does {numbers[0]!r}. Say whether it does "
            "(--header, --no-header)."
        )
    return bool(words)


def _are_numbers(cells: Sequence[str], comma: bool) -> bool:
    said = [cell for cell in cells if not is_missing(cell)]
    return bool(said) and all(parse_number(cell, comma=comma) is not None for cell in said)


def _count_up(heads: Sequence[str]) -> bool:
    """Tell whether these are the numbers of columns, as some programs call them."""
    return list(heads) in [[str(k + first) for k in range(len(heads))] for first in (0, 1)]


def _is_statement(line: int, cells: Sequence[str]) -> bool:
    return line == 1 and len(cells) <= 2 and cells[0].lower().startswith("sep=")
