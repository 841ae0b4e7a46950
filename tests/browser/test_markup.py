"""Every kind of page by the rules of HTML, as the Nu checker reads them; `make check-markup` brings it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.browser.page_kinds import DESK_PAGES, PAGES
from tests.browser.test_access import sign_in

CHECKER = os.environ.get("VNU_JAR", "")


@pytest.mark.skipif(
    not (CHECKER and shutil.which("java")), reason="the Nu checker is not here: make check-markup"
)
def test_every_page_is_valid_html(browser: Browser, address: str, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, address)
    for language in ("", "/ar", "/fr", "/en"):
        for path in (*PAGES, *DESK_PAGES):
            answer = context.request.get(address + language + path, headers={"accept-language": "ar"})
            kept = tmp_path / f"{quote(language + path, safe='')[:120]}.html"
            kept.write_bytes(answer.body())
    context.close()
    command = ["java", "-Xss2m", "-jar", CHECKER, "--format", "json", "--exit-zero-always", str(tmp_path)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stderr)
    found = {
        f"{each['message']} | {each.get('extract', '')[:120]}"
        for each in said["messages"]
        if each["type"] == "error"
    }
    assert found == set()
