"""Numbers in addresses."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor

from marsad import addresses


class _Number(Convertor[int]):
    """A number that the store can hold; a longer one is the address of nothing."""

    regex = f"[0-9]{{1,{addresses.LONGEST_NUMBER}}}"

    def convert(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_string(self, value: int) -> str:
        """As it stands in an address."""
        return str(value)


def register() -> None:
    """Let routes say ``{name:number}``."""
    register_url_convertor("number", _Number())
