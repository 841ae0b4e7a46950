"""The errors of Marsad, by what happens next.

    MarsadError
    ├── Refused          never again: the input is not wanted, with the reason
    ├── Later            not now: look again at `when`
    ├── Withheld         it is kept, and may not be shown
    ├── SettingsError    the operator's settings or command are wrong
    ├── StoreError       the archive cannot be read or written
    └── SearchError      the index cannot be read or written

Anything else that is raised is a defect: it is logged with its article, that
article is set aside, and the next one goes on.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marsad.outcome import Outcome


class MarsadError(Exception):
    """What went wrong, with which thing, and why: ``message: thing: cause`` in one line."""

    def __init__(self, message: str, thing: str = "", cause: BaseException | str = "") -> None:
        super().__init__(message)
        self.message = message
        self.thing = thing
        self.cause = cause

    def __reduce__(self) -> tuple[object, ...]:
        # From a worker process an error comes back whole; its cause comes as its words.
        return _again, (type(self), {**self.__dict__, "cause": str(self.cause)})

    def __str__(self) -> str:
        cause = str(self.cause) or type(self.cause).__name__ if self.cause != "" else ""
        return ": ".join(part for part in (self.message, self.thing, cause) if part)


def _again(kind: type[MarsadError], fields: dict[str, Any]) -> MarsadError:
    error = kind.__new__(kind, fields["message"])
    error.__dict__.update(fields)
    return error


class Refused(MarsadError):
    """Never again: this input is not wanted. `outcome` is the end that it is counted under."""

    def __init__(
        self,
        message: str,
        thing: str = "",
        cause: BaseException | str = "",
        *,
        outcome: Outcome = Outcome.REFUSED,
    ) -> None:
        super().__init__(message, thing, cause)
        self.outcome = outcome


class Later(MarsadError):
    """Not now. `when` is the moment (aware) to look again, None where the caller's rhythm decides."""

    def __init__(
        self,
        message: str,
        thing: str = "",
        cause: BaseException | str = "",
        *,
        when: datetime | None = None,
    ) -> None:
        super().__init__(message, thing, cause)
        self.when = when


class Withheld(MarsadError):
    """It is kept, and may not be shown: it was removed, or hidden until somebody decides."""


class SettingsError(MarsadError):
    """The operator's settings or command are wrong; nothing was started."""


class StoreError(MarsadError):
    """The archive cannot be read or written; what was kept before stays as it was."""


class SearchError(MarsadError):
    """The index cannot be read or written; it can be rebuilt from the store."""
