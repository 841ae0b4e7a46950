"""Numbers in addresses."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor


class _Number(Convertor[int]):
    """A number that the store can hold; a longer one is the address of nothing."""

    regex = "[0-9]{1,16}"

    def convert(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_string(self, value: int) -> str:
        """As it stands in an address."""
        return str(value)


def register() -> None:
    """Let routes say ``{name:number}``."""
    register_url_convertor("number", _Number())
