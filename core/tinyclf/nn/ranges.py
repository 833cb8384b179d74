"""Settings are checked where they are set, before anything is allocated."""

from __future__ import annotations

from tinyclf.errors import ConfigError


def require(what: str, value: float, low: float, high: float) -> None:
    """Check that a setting lies in its range, both ends allowed.

    Raises:
        ConfigError: it does not, or is NaN; the message names the setting and the range.
    """
    if not low <= value <= high:
        raise ConfigError(f"{what} must be from {low:,} to {high:,}, not {value:,}.")


def require_share(what: str, value: float) -> None:
    """Check that a setting is at least 0 and less than 1.

    Raises:
        ConfigError: it is not; the message names the setting and the range.
    """
    if not 0 <= value < 1:
        raise ConfigError(f"{what} must be at least 0 and less than 1, not {value:,}.")
