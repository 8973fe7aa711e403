"""The way there in a real browser: the address is copied, and each device has a link that opens something."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watch

OFFER = "angebote/krabbelgruppe-uferweg/"
ADDRESS = "Uferweg 12a, 22999 Auenstedt"
ANDROID = "Mozilla/5.0 (Linux; Android 13; Pixel 6) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Mobile/15E148 Safari/604.1"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "scheme"), [(ANDROID, "geo:"), (IPHONE, "maps:?daddr="), (WINDOWS, "")], ids=str
)
def test_a_device_is_offered_the_program_that_it_has(
    watch: Watch, demo_url: str, agent: str, scheme: str
) -> None:
    watched = watch(demo_url + OFFER, 360, user_agent=agent)
    page = watched.settled()
    app = page.get_by_role("link", name="In der Karten-App öffnen")
    expect(app).to_have_count(1 if scheme else 0)
    if scheme:
        assert (app.get_attribute("href") or "").startswith(scheme)
    web = page.get_by_role("link", name="Weg auf openstreetmap.org suchen")
    expect(web).to_be_visible()
    assert "noreferrer" in (web.get_attribute("rel") or "")
    watched.assert_clean()


def test_the_address_is_copied_or_shown_to_be_copied(watch: Watch, demo_url: str) -> None:
    watched = watch(demo_url + OFFER, 360)
    page = watched.settled()
    page.evaluate("() => { Clipboard.prototype.writeText = async (text) => { window.taken = text; }; }")
    button = page.get_by_role("button", name="Adresse kopieren", exact=True)
    button.click()
    expect(page.get_by_role("status").filter(has_text="Die Adresse ist kopiert.")).to_be_visible()
    assert page.evaluate("window.taken") == ADDRESS
    page.evaluate(
        "() => { Clipboard.prototype.writeText = async () => { throw new DOMException('no', 'NotAllowedError'); }; }"
    )
    button.click()
    expect(page.get_by_role("status").filter(has_text=ADDRESS)).to_be_visible()
    watched.assert_clean()


def test_without_scripts_there_is_a_link_that_opens_everywhere(watch: Watch, demo_url: str) -> None:
    page = watch(demo_url + OFFER, 360, java_script_enabled=False).page
    expect(page.get_by_role("link", name="Weg auf openstreetmap.org suchen")).to_be_visible()
    expect(page.get_by_role("button", name="Adresse kopieren", exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="In der Karten-App öffnen")).to_have_count(0)
