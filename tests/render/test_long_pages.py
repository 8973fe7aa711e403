"""A town of many offers, half of them in one house and by one provider: no page grows with it, and everything is reached by links."""

import re
from collections import deque

import pytest

from bench.world import write_world
from generator.pipeline.build import prepare
from generator.pipeline.plan import SitePlan, plan_site
from generator.pipeline.write import make_page
from generator.render.directory.listing import ENTRIES, MOST_CARDS
from generator.render.directory.offer_order import FOLD
from generator.render.directory.record_lines import LISTED
from tests.chance import whole
from tests.conftest import TODAY

pytestmark = whole
OFFERS = 2400
MOST = 5000
"""Elements in the body of any page; before lists were cut, the town's had 12,400 and the provider's 26,000."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> SitePlan:
    folder = tmp_path_factory.mktemp("long") / "town"
    write_world(folder, OFFERS, 4, 1, 1)
    for number in range(OFFERS // 2):
        path = folder / "resources" / "offers" / f"angebot-{number}.yml"
        text = re.sub(r"(?m)^provider: .*$", "provider: traeger-0", path.read_text("utf-8"))
        if number % 3 == 0:
            text = re.sub(r"(?m)^place: .*$", "place: ort-0", text)
        path.write_text(text, encoding="utf-8")
    for number in range(200, 600):
        name = f"name: Verein {chr(65 + number % 26)} {number}"
        lines = [name, "kind: non-profit", "contact: {phone: 040 66969-000, email: verein@messstadt.example}"]
        path = folder / "resources" / "providers" / f"verein-{number}.yml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        offer = folder / "resources" / "offers" / f"angebot-{OFFERS // 2 + number}.yml"
        text = re.sub(r"(?m)^provider: .*$", f"provider: verein-{number}", offer.read_text("utf-8"))
        offer.write_text(text, encoding="utf-8")
    return plan_site(prepare(folder, TODAY))


@pytest.fixture(scope="module")
def bodies(plan: SitePlan) -> dict[str, str]:
    return {path: str(make_page(plan, path).body) for path in plan.pages}


def elements(body: str) -> int:
    return len(re.findall(r"<[a-z]", body))


def test_no_page_grows_with_the_town(bodies: dict[str, str]) -> None:
    longest = sorted(((elements(body), path) for path, body in bodies.items()), reverse=True)
    assert [item for item in longest if item[0] > MOST] == []


def links(path: str, body: str) -> list[str]:
    """Return the pages that links on a page lead to, by their paths."""
    found = []
    for target in re.findall(r'<a\s[^>]*?href="([^"#?]+)', body):
        if re.match(r"[a-z]+:", target):
            continue
        parts = path.split("/")[:-1]
        for step in target.split("/")[:-1]:
            if step == "..":
                parts.pop()
            elif step not in ("", "."):
                parts.append(step)
        if target.endswith("/"):
            found.append("".join(f"{part}/" for part in parts))
    return found


def test_everything_is_reached_without_scripts(plan: SitePlan, bodies: dict[str, str]) -> None:
    seen = {""}
    todo = deque(seen)
    while todo:
        path = todo.popleft()
        for target in links(path, bodies[path]):
            if target in bodies and target not in seen:
                seen.add(target)
                todo.append(target)
    for kind, folder in (
        ("angebote", "offers"),
        ("orte", "places"),
        ("traeger", "providers"),
        ("sozialraeume", "spaces"),
    ):
        assert [key for key in plan.site.records(folder) if f"{kind}/{key}/" not in seen] == [], folder


def test_each_place_and_provider_stands_in_its_index_once(plan: SitePlan, bodies: dict[str, str]) -> None:
    for kind, folder in (("orte", "places"), ("traeger", "providers")):
        pages = {path: body for path, body in bodies.items() if re.fullmatch(rf"{kind}/(seite/\d+/)?", path)}
        own = {f"{kind}/{key}/" for key in plan.site.records(folder)}
        named = [target for path, body in pages.items() for target in links(path, body) if target in own]
        assert len(pages) == 2
        assert sorted(named) == sorted(own)
        assert (
            max(sum(target in own for target in links(path, body)) for path, body in pages.items()) == ENTRIES
        )


def test_many_lists_of_a_way_to_divide_the_directory_stand_on_one_page(
    plan: SitePlan, bodies: dict[str, str]
) -> None:
    named = re.findall(r'<li><a href="[^"]*">([^<]+)</a> <span', bodies["angebote/nach/traeger/"])
    lists = next(iter(plan.contexts.values())).facts.lists
    assert len(set(named)) == len(named) == sum(name.dimension == "traeger" for name in lists) > MOST_CARDS
    assert not [path for path in bodies if re.fullmatch(r"angebote/nach/(?!alle)[a-z]+/seite/.*", path)]


def test_letters_of_the_index_lead_to_their_page(bodies: dict[str, str]) -> None:
    letters = dict(re.findall(r'<li><a href="([^"]*#buchstabe-[a-z])">([A-Z])</a>', bodies["traeger/"]))
    assert list(letters.values()) == sorted(letters.values())
    for href, letter in letters.items():
        page, anchor = href.split("#")
        assert f'id="{anchor}"' in bodies[f"traeger/{page}"], letter


def test_the_page_of_a_town_says_how_many_there_are_and_leads_to_all(bodies: dict[str, str]) -> None:
    town = bodies["sozialraeume/stadt/"]
    fold = re.search(
        r'<summary><span>[^<]*</span> <span class="nr-lots__count">(\d+)</span></summary>\n(.*?)</details>',
        town,
        re.DOTALL,
    )
    assert fold is not None
    assert int(fold[1]) > FOLD
    assert fold[2].count("<li>") == FOLD
    assert f"und {int(fold[1]) - FOLD} weitere Angebote in der ganzen Liste" in fold[2]
    whole = re.search(r'href="../../(angebote/nach/thema/[a-z-]+/)"', fold[2])
    assert whole is not None
    assert whole[1] in bodies
    places = town[town.index('id="orte"') :]
    assert f"{OFFERS // 4} insgesamt." in places
    assert places[: places.index("traeger")].count("<li>") == LISTED
    assert 'href="../../orte/">Alle Orte' in places


def test_a_large_provider_leads_to_all_of_its_offers(plan: SitePlan, bodies: dict[str, str]) -> None:
    own = bodies["traeger/traeger-0/"]
    listed = [path for path in bodies if path.startswith("angebote/nach/traeger/traeger-0/")]
    there = {target for path in listed for target in links(path, bodies[path])}
    offers = {f"angebote/{key}/" for key, offer in plan.site.offers.items() if offer.provider == "traeger-0"}
    assert len(offers) >= OFFERS // 2
    assert own.count('class="nr-card"') == MOST_CARDS
    assert offers <= there
    assert 'href="../../angebote/nach/traeger/traeger-0/"' in own


def test_a_large_house_names_what_has_no_card(plan: SitePlan, bodies: dict[str, str]) -> None:
    house = bodies["orte/ort-0/"]
    there = set(links("orte/ort-0/", house))
    offers = {f"angebote/{key}/" for key, offer in plan.site.offers.items() if offer.place == "ort-0"}
    assert len(offers) >= 400
    assert house.count('class="nr-card"') == MOST_CARDS
    assert offers <= there
