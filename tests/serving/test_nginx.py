"""The built demo behind a real nginx with the configuration we write: headers, types, compression, ranges, 404, many visitors."""

import gzip
import http.client
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.export.web_server import TYPES, UNLISTED_FILE, Served, nginx, policy
from generator.pipeline.build import Project
from tests.machine import needed

VISITORS = 200
Answer = tuple[int, dict[str, str], bytes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(text: str, folder: Path) -> Iterator[int]:
    """Run nginx with a server's configuration, on loopback and without TLS."""
    port = free_port()
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    # The folders of tests are for their owner alone.
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; worker_processes 1; error_log {folder}/error.log;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;"
        f" uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;\n{text}\n}}\n",
        encoding="utf-8",
    )
    command = [
        needed("nginx"),
        "-p",
        str(folder),
        "-c",
        str(folder / "nginx.conf"),
        "-e",
        str(folder / "error.log"),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, (folder / "error.log").read_text("utf-8")
            time.sleep(0.02)
        yield port
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def served(demo: Project, demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    assert demo.site is not None
    config = demo.site.config
    yield from started(
        nginx(Served(config.url, str(demo_site), policy(config))), tmp_path_factory.mktemp("nginx")
    )


@pytest.fixture(scope="module")
def get(served: int) -> Callable[..., Answer]:
    return lambda path, **headers: asked(served, path, headers)


def asked(port: int, path: str, headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(
            "GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_what_is_not_to_be_listed_says_so_with_every_file_until_it_is_published(tmp_path: Path) -> None:
    """The same configuration serves a draft and what comes after it."""
    site = tmp_path / "site"
    site.mkdir()
    for name in ("index.html", "404.html", "liste.csv", UNLISTED_FILE):
        (site / name).write_text("x", "utf-8")
    for port in started(nginx(Served("https://stadt.example/", str(site), "default-src 'self'")), tmp_path):
        for path in ("/", "/liste.csv", "/gibt-es-nicht/"):
            assert asked(port, path, {})[1]["x-robots-tag"] == "noindex", path
        (site / UNLISTED_FILE).unlink()
        for path in ("/", "/liste.csv", "/gibt-es-nicht/"):
            assert "x-robots-tag" not in asked(port, path, {})[1], path


def test_every_page_carries_the_headers_it_should(get: Callable[..., Answer], demo: Project) -> None:
    assert demo.site is not None
    words = policy(demo.site.config)
    for path, frames in [
        ("/", "'self'"),
        ("/angebote/", "'self'"),
        ("/en/", "'self'"),
        ("/einbetten/", "*"),
        ("/en/einbetten/", "*"),
    ]:
        status, headers, _ = get(path)
        assert status == 200, path
        assert headers["content-security-policy"] == f"{words}; frame-ancestors {frames}"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-cache"
        assert "nginx/" not in headers.get("server", "")
        assert "set-cookie" not in headers


def test_every_kind_of_file_has_its_type(get: Callable[..., Answer], demo_site: Path) -> None:
    endings: dict[str, str] = {}
    for path in sorted(demo_site.rglob("*")):
        if path.is_file() and not path.name.startswith((".", "_")):
            endings.setdefault(path.suffix[1:], path.relative_to(demo_site).as_posix())
    assert set(endings) <= set(TYPES)
    for ending, name in endings.items():
        status, headers, _ = get(f"/{name}")
        assert status == 200
        assert headers["content-type"].split(";")[0] == TYPES[ending]
        if ending in ("html", "css", "js", "csv", "ics", "txt"):
            assert "charset=utf-8" in headers["content-type"].lower(), name


def test_texts_are_packed_and_pictures_are_not(get: Callable[..., Answer], demo_site: Path) -> None:
    for name in ("index.html", "assets/nahraum/nahraum.css", "sitemap.xml"):
        plain = (demo_site / name).read_bytes()
        status, headers, body = get(f"/{name}", Accept_Encoding="gzip")
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert "accept-encoding" in headers["vary"].lower()
        assert gzip.decompress(body) == plain
        assert len(body) < len(plain) * 0.5
    picture = next(demo_site.rglob("*.png")).relative_to(demo_site).as_posix()
    assert "content-encoding" not in get(f"/{picture}", Accept_Encoding="gzip")[1]


def test_what_has_not_changed_is_not_sent_again(get: Callable[..., Answer]) -> None:
    _, headers, _ = get("/angebote/")
    assert get("/angebote/", If_None_Match=headers["etag"])[0] == 304
    assert get("/angebote/", If_Modified_Since=headers["last-modified"])[0] == 304
    assert get("/assets/nahraum/nahraum.css")[1]["cache-control"] == "public, max-age=86400"
    assert get("/sw.js")[1]["cache-control"] == "no-cache"


def test_parts_of_a_file_can_be_asked_for(get: Callable[..., Answer], demo_site: Path) -> None:
    book = next(demo_site.rglob("*.xlsx"))
    status, headers, body = get(f"/{book.relative_to(demo_site).as_posix()}", Range="bytes=10-29")
    assert status == 206
    assert headers["content-range"].startswith("bytes 10-29/")
    assert body == book.read_bytes()[10:30]
    assert get(f"/{book.relative_to(demo_site).as_posix()}", Range="bytes=99999999-")[0] == 416


def test_what_is_not_there_and_what_is_nobodys_business_is_a_404(
    get: Callable[..., Answer], demo_site: Path
) -> None:
    page = (demo_site / "404.html").read_bytes()
    for path in (
        "/gibt-es-nicht",
        "/angebote/gibt-es-nicht/",
        "/assets/",
        "/.nahraum-site",
        "/_headers",
        "/../../etc/passwd",
        "/.git/config",
    ):
        status, headers, body = get(path)
        assert status in (400, 404), path
        if status == 404:
            assert body == page
            assert "content-security-policy" in headers


def test_two_hundred_visitors_at_once_are_all_served(served: int, demo_site: Path) -> None:
    paths = ["/", "/angebote/", "/sozialraeume/", "/hilfe-sofort/", "/berichte/"]

    def visit(number: int) -> list[str]:
        """Load a page with everything it needs, by one connection, as a browser does."""
        failed = []
        connection = http.client.HTTPConnection("127.0.0.1", served, timeout=30)
        try:
            page = paths[number % len(paths)]
            connection.request("GET", page)
            answer = connection.getresponse()
            html = answer.read().decode()
            if answer.status != 200:
                failed.append(f"{page}: {answer.status}")
            needs = re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"', html)
            assert len(needs) >= 3
            for need in needs:
                url = "/" + os.path.normpath(f"{page}{need}").lstrip("/")
                connection.request("GET", url)
                answer = connection.getresponse()
                size = len(answer.read())
                there = demo_site / url.split("?")[0].lstrip("/")
                if answer.status != 200 or size != there.stat().st_size:
                    failed.append(f"{url}: {answer.status}, {size} bytes")
        finally:
            connection.close()
        return failed

    with ThreadPoolExecutor(VISITORS) as pool:
        failures = [item for found in pool.map(visit, range(VISITORS)) for item in found]
    assert failures == []


def test_a_site_in_a_folder_of_another_address(demo: Project, demo_site: Path, tmp_path: Path) -> None:
    assert demo.site is not None
    site = Served("https://www.stadt.example/familie/", str(demo_site), policy(demo.site.config))
    for port in started(nginx(site), tmp_path):
        for path, frames in [
            ("/familie/", "'self'"),
            ("/familie/angebote/", "'self'"),
            ("/familie/einbetten/", "*"),
        ]:
            status, headers, body = asked(port, path, {})
            assert status == 200, path
            assert headers["content-security-policy"].endswith(f"frame-ancestors {frames}")
            assert body == (demo_site / path.removeprefix("/familie/") / "index.html").read_bytes()
        assert (
            asked(port, "/familie/assets/nahraum/nahraum.css", {})[1]["cache-control"]
            == "public, max-age=86400"
        )
        status, _, body = asked(port, "/familie/gibt-es-nicht", {})
        assert (status, body) == (404, (demo_site / "404.html").read_bytes())
