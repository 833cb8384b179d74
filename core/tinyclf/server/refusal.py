"""What is answered where a request cannot be met: a status, one sentence, and the place."""

from __future__ import annotations

from tinyclf.errors import TinyClfError


class RefusedError(TinyClfError):
    """A request cannot be met; the message says what is wrong and the cure.

    Attributes:
        status: Of HTTP: 4xx where the request is wrong, 503 where it came at a bad time.
        where: The place in the request, as ``inputs[2][5]``; ``None`` where it is the whole.
    """

    def __init__(self, status: int, message: str, where: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.where = where

    @property
    def headers(self) -> dict[str, str]:
        """What the answer says besides: when to come again."""
        return {"Retry-After": "1"} if self.status == 503 else {}

    def to_mapping(self) -> dict[str, str | None]:
        """Return it as plain data."""
        return {"error": str(self), "where": self.where}


def wrong(where: str, message: str) -> RefusedError:
    """Return the refusal of a request that can be read but not be met."""
    return RefusedError(422, f"{where}: {message}", where)
