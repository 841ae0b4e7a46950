"""Who can sign in, and what proves it."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from marsad.errors import SettingsError
from marsad.oversight import Role
from marsad.store import users
from marsad.store.columns import metadata
from marsad.store.engine import Store
from tests.samples import NOW

PASSWORD = "سر طويل بما يكفي"


@pytest.fixture
def peopled(store: Store) -> Store:
    with store.writing() as connection:
        users.add(connection, "salma", PASSWORD, Role.MODERATOR, NOW)
    return store


def test_a_password_proves_its_user_and_nobody_else(peopled: Store) -> None:
    with peopled.reading() as connection:
        found = users.with_password(connection, "salma", PASSWORD)
        assert found is not None
        assert (found.name, found.role) == ("salma", Role.MODERATOR)
        assert users.with_password(connection, "salma", PASSWORD + "x") is None
        assert users.with_password(connection, "nobody", PASSWORD) is None
        assert users.with_password(connection, "salma", "x" * 10_000_000) is None


def test_no_secret_is_kept_in_clear(peopled: Store) -> None:
    with peopled.writing() as connection:
        token = users.new_token(connection, "salma")
        assert token is not None
    with peopled.reading() as connection:
        kept = repr([connection.execute(select(table)).all() for table in metadata.sorted_tables])
    assert "salma" in kept
    assert PASSWORD not in kept
    assert token not in kept


def test_a_password_is_dear_to_guess(
    store: Store, dear_hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(users, "_HASHER", dear_hasher)
    with store.writing() as connection:
        users.add(connection, "salma", PASSWORD, Role.MODERATOR, NOW)
        kept = connection.execute(select(metadata.tables["users"].c.password)).scalar_one()
        assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert users.with_password(connection, "salma", PASSWORD)


def test_a_token_is_good_until_the_next_one(peopled: Store) -> None:
    with peopled.writing() as connection:
        first = users.new_token(connection, "salma") or ""
        assert users.with_token(connection, "salma", first)
        second = users.new_token(connection, "salma") or ""
        assert users.with_token(connection, "salma", first) is None
        assert users.with_token(connection, "salma", second)
        assert users.with_token(connection, "nobody", second) is None
        assert users.new_token(connection, "nobody") is None


def test_a_second_factor_is_good_once_and_only_now(peopled: Store) -> None:
    secret = pyotp.random_base32()
    with peopled.writing() as connection:
        assert users.new_totp(connection, "salma", secret)
        code = pyotp.TOTP(secret).at(NOW)
        assert not users.pass_totp(connection, "salma", code, NOW + timedelta(minutes=5))
        assert users.pass_totp(connection, "salma", code, NOW + timedelta(seconds=20))
        assert not users.pass_totp(connection, "salma", code, NOW + timedelta(seconds=21))
        assert not users.pass_totp(connection, "salma", "١٢٣٤٥٦", NOW)


@pytest.mark.parametrize("name", ["", "سلمى", "a b", "-a", "x" * 65])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    with pytest.raises(SettingsError, match="no name"), store.writing() as connection:
        users.add(connection, name, PASSWORD, Role.READER, NOW)


def test_names_are_given_once_and_short_passwords_not_at_all(peopled: Store) -> None:
    with peopled.writing() as connection:
        with pytest.raises(SettingsError, match=r"already.*salma"):
            users.add(connection, "salma", PASSWORD, Role.READER, NOW)
        with pytest.raises(SettingsError, match="between 10 and 256"):
            users.add(connection, "amine", "short", Role.READER, NOW)
        assert users.set_password(connection, "salma", "another long one")
        assert users.with_password(connection, "salma", PASSWORD) is None
        assert users.remove(connection, "salma")
        assert not users.remove(connection, "salma")
        assert users.all_users(connection) == []
