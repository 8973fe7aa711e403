"""Short forms in Chromium: what comes out is a readable mail and YAML that `check` passes unchanged, whatever was typed; nothing is sent."""

import email
import random
import shutil
from email import policy
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import Page, expect

from generator.check import check_reading
from generator.diagnostics import Diagnostic
from generator.pipeline.build import Project
from generator.read.project import read_project
from tests.browser.conftest import WIDTHS, Watch, served, with_sources
from tests.browsing import findings
from tests.conftest import TODAY

ROOT = Path(__file__).parents[2]
HOSTILE = (
    "Treff: montags # nicht dienstags", "- [x] {a: b}", "*anker &anker !!python/object", "'\"\\\" '' \\n \\u0000", "null", "~", "yes",
    "0123", "2026-11-20", "1e5", "<script>alert(1)</script>", "<b>fett</b> & <!-- da -->", "a\u0000b\u0007c\u001b[31m", "rechts\u202enach links",
    "null\u200bbreit\ufeff", "zwei\nZeilen\r\nund\ttab", "\u2028\u2029", "\ud83d", "🙂👨‍👩‍👧 Ünïcode ẞ", "e\u0301", "%YAML 1.2\n---", "...", "???", "|\n  block",
    ">", "@handle `code`", "[[Verweis]]", "{{ offers() }}", "=1+1", "x" * 500, "Wort " * 80, "مرحبا بالعالم", "a" * 99 + "ä", "\U000e0041tag", "\ue000privat",
)  # fmt: skip


def values(project: Project, kind: str, seed: int) -> dict[str, str]:
    """Words for a form: choices that it has, texts that nobody should type."""
    chance = random.Random(f"{kind}-{seed}")
    assert project.site is not None
    site = project.site
    words = site.words

    def text(*more: str) -> str:
        said = chance.choice((*HOSTILE, *more))
        return said if chance.random() < 0.6 else f"{chance.choice(('Nähkreis', 'Offene Halle'))} {said}"

    grave = kind == "need"
    topics = [
        key
        for key, topic in words.topics.items()
        if topic.parent is not None and (grave or not words.is_grave(key))
    ]
    kinds = [
        key
        for key, one in words.kinds.items()
        if one.form is None and not one.discreet and one.sensitivity == "normal"
    ]
    spaces = ["", *site.spaces]
    return {
        "name": f"{text()} x{seed}",
        "summary": text("Jeden Dienstag offen."),
        "topic": chance.choice(topics),
        "space": chance.choice(spaces),
        "from": chance.choice(("", "0", "6", "99", "x")),
        "to": chance.choice(("", "10", "3", "-1")),
        "source": chance.choice(("families", "professionals", "groups")),
        "kind": {
            "offer": chance.choice(kinds),
            "place": chance.choice(
                [
                    key
                    for key, one in words.place_kinds.items()
                    if one.form is None and one.visibility in (None, "full")
                ]
            ),
            "contact": chance.choice([*words.provider_kinds]),
        }.get(kind, ""),
        "provider": chance.choice(("", *site.providers)),
        "other": text("Nähkreis e. V."),
        "hours": text("dienstags nach der Schule"),
        "phone": chance.choice(("", "040 66969-999", "0171 1234567", "110", "=1", "040 / 66969 (0)", text())),
        # The same words as a street would tell where a hidden place is in which they stand too.
        "street": f"Straße {seed} {text('Uferweg')}"[:70] + f" {seed}",
        "number": chance.choice(("", "7a", text())),
        "postcode": chance.choice(("", "22999", "04109", "1")),
        "town": f"{text('Auenstedt')[:40]} {seed}",
        "what": text("Ein Raum"),
        "gift": chance.choice(("", "room", "time")),
    }


def project_of(folder: Path, files: list[dict[str, str]]) -> Path:
    """The internal demo with the files as they were saved."""
    shutil.copytree(ROOT / "resources", folder / "resources")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(ROOT / "examples" / "auenstedt-intern", folder / "overlay")
    config = (ROOT / "site_config.yml").read_text("utf-8")
    config = config.replace("overlay: examples/auenstedt-intern/resources", "overlay: overlay/resources")
    (folder / "site_config.yml").write_text(config, "utf-8")
    for file in files:
        base = folder / ("overlay/resources" if file["path"].startswith("needs/") else "resources")
        (base / file["path"]).parent.mkdir(exist_ok=True)
        (base / file["path"]).write_text(file["text"], "utf-8", newline="")
    return folder


def test_a_hundred_hostile_finds_pass_check_unchanged(
    tab: Watch, demo_url: str, demo: Project, tmp_path: Path
) -> None:
    page = tab(f"{demo_url}fachkraefte/fund/").page
    asked = [
        (kind, values(demo, kind, seed))
        for seed in range(44)
        for kind in ("need", "offer", "place", "contact")
    ]
    made: list[list[dict[str, str]]] = with_sources(page).evaluate(
        """async (asked) => {
          const { RECORDS, trouble } = await import("/quellen/find_records.js");
          return asked.map(([kind, values]) => Object.values(values).some((text) => trouble(text)) ? [] : RECORDS[kind](values));
        }""",
        asked,
    )
    assert sum(bool(files) for files in made) >= 100
    flat = {file["path"]: file for files in made for file in files}
    folder = project_of(tmp_path, list(flat.values()))
    paths = {path.rpartition("/")[2] for path in flat}
    told = [
        item
        for item in (*checked(folder), *checked(folder, internal=False))
        if item.position.file.rpartition("/")[2] in paths and item.severity == "error"
    ]
    assert [f"{item.position} {item.code} {item.message}" for item in told] == []
    reading = read_project(folder, internal=True)
    assert reading.site is not None
    site = reading.site
    records = (*site.offers.values(), *site.needs.values(), *site.places.values(), *site.providers.values())
    names = {record.name for record in records}
    assert any("‹script›alert(1)‹/script›" in name for name in names)
    assert not any("\u202e" in name or "\u0000" in name for name in names)


def checked(folder: Path, *, internal: bool = True) -> tuple[Diagnostic, ...]:
    return check_reading(read_project(folder, internal=internal), TODAY)


def fill(page: Page, form: str, words: dict[str, str]) -> None:
    for name, value in words.items():
        field = page.locator(f"#{form}-{name}")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


OFFER = {
    "name": "Nähkreis am Dienstag",
    "summary": "Zusammen nähen, Kinder sind dabei.",
    "kind": "treff-offen",
    "topic": "begegnung",
    "other": "Nähkreis Mühlenfeld",
    "space": "muehlenfeld",
    "phone": "040 66969-998",
    "source": "Frau Kaya hat es erzählt",
}


def yaml_of(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


@WIDTHS
def test_a_find_becomes_a_mail_that_can_be_read(
    watch: Watch, demo_url: str, tmp_path: Path, width: int
) -> None:
    watched = watch(f"{demo_url}fachkraefte/fund/", width)
    page = watched.page
    before = page.evaluate(
        "[location.href, document.title, history.length, localStorage.length, sessionStorage.length]"
    )
    assert page.locator("[data-finding=need]").count() == 0
    kind = page.locator("#offer-kind option").nth(1).get_attribute("value")
    fill(page, "offer", {**OFFER, "kind": kind or ""})
    form = page.locator("[data-finding=offer]")
    form.get_by_role("button", name="Fertig machen").click()
    text = page.get_by_label("Die Mail an die Redaktion, mit dem Eintrag").input_value()
    for words in (
        "Was ist es, in ein, zwei Sätzen *: Zusammen nähen",
        "Thema *: Begegnung",
        "offers/fund-naehkreis-am-dienstag.yml",
    ):
        assert words in text, words
    page.evaluate("scrollTo(0, 0)")  # what is half behind the bar counts as too small
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Als Mail-Entwurf speichern").click()
    message = email.message_from_bytes(Path(saving.value.path()).read_bytes(), policy=policy.default)
    assert message["Subject"] == "Fund für das Verzeichnis: ein Angebot"
    assert message["To"] == "sozialraum@auenstedt.example"
    body, provider, offer = (part for part in message.iter_parts() if isinstance(part, EmailMessage))
    assert "Frau Kaya hat es erzählt" in body.get_content()
    assert b"Kaya" not in yaml_of(offer)
    files = [
        {"path": f"{folder}/{part.get_filename()}", "text": yaml_of(part).decode()}
        for folder, part in (("providers", provider), ("offers", offer))
    ]
    site = read_project(project_of(tmp_path, files), internal=True).site
    assert site is not None
    found = site.offers["fund-naehkreis-am-dienstag"]
    assert (found.name, found.spaces, found.provider) == (
        OFFER["name"],
        ("muehlenfeld",),
        "fund-naehkreis-muehlenfeld",
    )
    assert (
        page.evaluate(
            "[location.href, document.title, history.length, localStorage.length, sessionStorage.length]"
        )
        == before
    )
    watched.settled()
    assert all(
        url.endswith((".js", ".css", "/fund/", ".svg", ".woff2", ".json")) or "?" in url
        for url in watched.requests
    )
    form.get_by_role("button", name="Leeren").click()
    expect(page.locator("#ergebnis-offer")).to_have_count(0)
    watched.assert_clean()


def test_what_tells_who_somebody_is_gets_no_record(tab: Watch, demo_url: str) -> None:
    page = tab(f"{demo_url}fachkraefte/fund/").page
    fill(page, "contact", {"name": "Nähkreis bei Frau Kaya"})
    page.locator("#contact-kind").select_option(index=1)
    form = page.locator("[data-finding=contact]")
    for name in (
        "Nähkreis bei Frau Kaya",
        "Nähkreis 0171 3920081",
        "Nähkreis kaya@web.example",
        "Familie Kaya",
        "geb. 3.4.2012",
    ):
        page.locator("#contact-name").fill(name)
        form.get_by_role("button", name="Fertig machen").click()
        expect(page.get_by_role("alert")).to_contain_text("Das klingt nach einer Person")
        expect(page.locator("#contact-name")).to_be_focused()
        expect(page.locator("#ergebnis-contact")).to_have_count(0)


def test_a_need_is_asked_inside_and_never_mailed(tab: Watch, internal_site: Path, tmp_path: Path) -> None:
    with served(internal_site) as url:
        watched = tab(f"{url}fachkraefte/fund/")
        page = watched.page
        fill(
            page,
            "need",
            {
                "name": "Ein Abend für Mütter: offen, ohne Anmeldung",
                "topic": "begegnung",
                "space": "heidkamp",
                "from": "0",
                "to": "6",
                "source": "families",
            },
        )
        form = page.locator("[data-finding=need]")
        form.get_by_role("button", name="Fertig machen").click()
        result = page.locator("[data-finding=need] + .nr-finding__result")
        expect(result.get_by_role("button")).to_have_text(
            ["Text kopieren", "Datei fund-ein-abend-fuer-muetter-offen-ohne-anmeldung.yml"]
        )
        assert "mailto:" not in result.inner_html()
        with page.expect_download() as saving:
            result.get_by_role("button", name="Datei").click()
        text = Path(saving.value.path()).read_text("utf-8")
        watched.assert_clean()
    name = saving.value.suggested_filename
    folder = project_of(tmp_path, [{"path": f"needs/{name}", "text": text}])
    assert [item for item in checked(folder) if item.position.file.endswith(name)] == []
    site = read_project(folder, internal=True).site
    assert site is not None
    need = site.needs[name.removesuffix(".yml")]
    assert need.name == "Ein Abend für Mütter: offen, ohne Anmeldung"
    assert need.named[0].source == "families"
    assert need.named[0].times == 1
