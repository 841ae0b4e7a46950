"""Every setting with its meaning, in one table. Only `app` reads it; steps receive small values.

A setting comes from the command line, else from the environment (``MARSAD_SERVER__PORT=8080``),
else from ``marsad.toml`` in the data folder, else it is the default below.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from marsad.errors import SettingsError

FILE = "marsad.toml"


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ServerSettings(_Group):
    """Where the site is served."""

    host: str = Field(default="127.0.0.1", description="Address to listen on; 0.0.0.0 for every network.")
    port: int = Field(default=8800, ge=0, le=65535, description="Port to listen on; 0 takes any free one.")
    public_address: str = Field(
        default="", description="Address that readers use, for feeds and links; empty: the one listened on."
    )
    title: str = Field(default="مرصد", description="Name of the site.")
    timezone: str = Field(
        default="UTC", description="Clock that the days of the site go by, such as Africa/Casablanca."
    )
    hijri_dates: bool = Field(
        default=False,
        description="Tell the Hijri date (Umm al-Qura) too; a country's own may be a day off.",
    )

    @field_validator("timezone")
    @classmethod
    def _known_clock(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, ZoneInfoNotFoundError) as error:
            raise ValueError(f"there is no clock named {name!r}") from error
        return name


class StoreSettings(_Group):
    """Where the archive is kept."""

    database: SecretStr = Field(
        default=SecretStr(""),
        description="Address of a PostgreSQL database, postgresql://user:password@host/name; "
        "empty: a SQLite file in the data folder.",
    )


class CollectSettings(_Group):
    """How newspapers are visited."""

    contact: str = Field(
        default="", description="Address or page that a newspaper can write to; goes into the User-Agent."
    )
    private_networks: tuple[IPv4Network | IPv6Network, ...] = Field(
        default=(),
        description="Networks that are not public and may be visited all the same, such as 10.0.0.0/8; "
        "their sites may use any port.",
    )
    page_bytes: int = Field(default=5 * 2**20, gt=0, description="Largest answer as received, in bytes.")
    decompressed_bytes: int = Field(
        default=20 * 2**20, gt=0, description="Largest answer decompressed, in bytes."
    )
    redirects: int = Field(default=10, ge=0, description="Most redirects that are followed.")
    seconds: float = Field(
        default=30, gt=0, description="Longest time for one address, redirects included, in seconds."
    )
    feed_entries: int = Field(default=8000, gt=0, description="Most entries that are read of one feed.")
    pause_seconds: float = Field(
        default=2, ge=0, description="Pause between two requests to one host; robots.txt can ask for more."
    )
    sources_at_once: int = Field(
        default=16, gt=0, description="How many sources are visited at the same time."
    )
    poll_minutes_min: float = Field(
        default=2, gt=0, description="Shortest time between two visits of a feed, in minutes."
    )
    poll_minutes_max: float = Field(
        default=120, gt=0, description="Longest time between two visits of a feed, in minutes."
    )
    revisit_minutes: float = Field(
        default=10, ge=0, description="Shortest time between two fetches of one page, in minutes."
    )
    oldest_days: int = Field(
        default=30, gt=0, description="Entries of feeds and sitemaps older than this are left alone."
    )


class StorySettings(_Group):
    """How articles are joined to stories."""

    window_articles: int = Field(
        default=50_000, gt=0, description="How many of the newest articles a new one is compared with."
    )
    source_weights: dict[str, Annotated[float, Field(ge=0, le=10)]] = Field(
        default={},
        description="What a newspaper (by its slug) weighs on the front page; others 1.",
    )


class SiteSettings(_Group):
    """Who reads the site, and how much it shows them."""

    audience: str = Field(
        default="auto",
        pattern="^(auto|public|private)$",
        description="public shows excerpts unless a newspaper permits more, private shows all; "
        "auto is private while listening on this machine alone without a public address.",
    )
    sign_in: bool = Field(
        default=False, description="Whether only those who are signed in read the site; it is private then."
    )
    excerpt_words: int = Field(default=60, ge=0, description="The longest excerpt, in words.")


class ImageSettings(_Group):
    """Images of articles, fetched by Marsad so that no reader's address reaches a newspaper."""

    shown: bool = Field(default=True, description="Whether images are fetched and shown at all.")
    cache_bytes: int = Field(
        default=500 * 2**20, ge=0, description="Most disk space for images at reading size, in bytes."
    )
    largest_bytes: int = Field(default=10 * 2**20, gt=0, description="Largest image as received, in bytes.")
    largest_pixels: int = Field(default=40_000_000, gt=0, description="Largest image opened, in pixels.")
    seconds: float = Field(default=15, gt=0, description="Longest time to fetch one image, in seconds.")


class SearchSettings(_Group):
    """How articles are found."""

    meaning: bool = Field(
        default=True,
        description="Find articles by meaning too, where the model runs; it takes about 250 MB of memory.",
    )


class ModerationSettings(_Group):
    """When readers' reports hide an image, and who may sign in."""

    threshold: int = Field(
        default=3, ge=1, description="How many people hide an image by reporting it for the same reason."
    )
    report_days: int = Field(
        default=30, ge=1, le=30, description="Reports older than this no longer count, in days."
    )
    burst_minutes: float = Field(
        default=60,
        ge=0,
        description="Reports from one network that follow one another within this time count once.",
    )
    session_hours: float = Field(default=12, gt=0, description="Longest time signed in, in hours.")
    idle_minutes: float = Field(
        default=60, gt=0, description="Who does nothing for so long at the desk is signed out, in minutes."
    )


class LogSettings(_Group):
    """What is written about the work."""

    level: str = Field(
        default="info", pattern="^(debug|info|warning|error)$", description="debug, info, warning or error."
    )
    json_lines: bool = Field(default=False, description="One JSON object a line, for machines.")


class Settings(BaseSettings):
    """All settings of one Marsad."""

    model_config = SettingsConfigDict(
        env_prefix="MARSAD_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    data: Path = Field(default=Path("marsad-data"), description="Folder that everything is kept in.")
    server: ServerSettings = ServerSettings()
    store: StoreSettings = StoreSettings()
    collect: CollectSettings = CollectSettings()
    stories: StorySettings = StorySettings()
    site: SiteSettings = SiteSettings()
    images: ImageSettings = ImageSettings()
    search: SearchSettings = SearchSettings()
    moderation: ModerationSettings = ModerationSettings()
    log: LogSettings = LogSettings()

    def rows(self) -> list[tuple[str, str, str]]:
        """(name, value, meaning) of every setting as it is, each value as it would stand in the file."""
        values: dict[str, Any] = {"data": self.data}
        for group in type(self).model_fields:
            chosen = getattr(self, group)
            if isinstance(chosen, _Group):
                values |= {f"{group}.{name}": getattr(chosen, name) for name in type(chosen).model_fields}
        return [(name, _written(values[name]), meaning) for name, _, meaning in table()]

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line first, then the environment, then the file of the data folder."""
        given: dict[str, Any] = init_settings()
        folder = Path(given.get("data") or env_settings().get("data") or cls.model_fields["data"].default)
        return init_settings, env_settings, InitSettingsSource(settings_cls, _file(folder / FILE))


def load(**given: Any) -> Settings:
    """The settings, those `given` first. Raises SettingsError naming the setting and the cause."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("; ".join(_sentence(problem) for problem in error.errors())) from error


def table() -> list[tuple[str, str, str]]:
    """(name, default, meaning) of every setting, in the order of this file.

    Meanings are messages of the interface: what is said otherwise here is translated anew.
    """
    rows = [
        ("data", str(Settings.model_fields["data"].default), Settings.model_fields["data"].description or "")
    ]
    for group, group_field in Settings.model_fields.items():
        if not isinstance(group_field.default, _Group):
            continue
        for name, item in type(group_field.default).model_fields.items():
            rows.append((f"{group}.{name}", str(item.default), item.description or ""))
    return rows


def _written(value: Any) -> str:
    """A value as TOML writes it."""
    match value:
        case bool() | int() | float():
            return json.dumps(value)
        case tuple():
            return f"[{', '.join(map(_written, value))}]"
        case dict():
            return f"{{{', '.join(f'{_written(key)} = {_written(each)}' for key, each in value.items())}}}"
        case _:
            return json.dumps(str(value), ensure_ascii=False)


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError("the settings cannot be read", str(path), error) from error


def _sentence(problem: Any) -> str:
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, [row[0] for row in table()], n=1)
        return f"there is no setting {name}" + (f"; did you mean {near[0]}?" if near else "")
    return f"setting {name}: {problem['msg']}"
