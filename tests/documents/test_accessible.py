"""The pages can be read by everybody: by eye and by ear, in light and dark, on paper, without a network or a script.

What needs no browser is held here in any case. With Chromium on the machine and axe-core named by SIPTRACK_AXE, axe
looks at the pages too; CONTRIBUTING.md says how.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from siptrack.commands import run

REPOSITORY = Path(__file__).parents[2]
TEMPLATES = REPOSITORY / "src" / "siptrack" / "rendering" / "html" / "templates"
VOID = {"meta", "br", "input", "hr", "img", "link"}
CONTRAST, CONTRAST_OF_GRAPHICS = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
PAIRS = [  # what is written or drawn, on what
    *((text, on) for text in ("text", "quiet", "link") for on in ("page", "soft")),
    *(("on-shade", f"shade-{step}") for step in range(5)),
]
DRAWN = ["line", "focus", "notice", "warning", "mark", "ring-0", "ring-1", "ring-2"]
AXE = os.environ.get("SIPTRACK_AXE", "")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Element:
    """One element of a page with its attributes, text and children."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.inside: list[Element] = []
        self.text = ""

    def every(self, *names: str) -> Iterator[Element]:
        """The elements of these names, in the order of the page."""
        for one in self.inside:
            if one.name in names or not names:
                yield one
            yield from one.every(*names)

    @property
    def words(self) -> str:
        """All text inside."""
        return " ".join([self.text, *(one.words for one in self.inside)]).strip()


class Reader(HTMLParser):
    """A page as elements; an element that is not closed, or closed out of turn, is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag, attrs):
        one = Element(tag, {name: value or "" for name, value in attrs})
        assert len(one.attributes) == len(attrs), f"an attribute twice in {self.get_starttag_text()}"
        self.open[-1].inside.append(one)
        if tag not in VOID:
            self.open.append(one)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop().name == tag, f"</{tag}> in line {self.getpos()[0]} closes something else"

    def handle_data(self, data):
        self.open[-1].text += data


def parsed(page: Path) -> Element:
    reader = Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.close()
    assert len(reader.open) == 1, f"{page.name}: something is not closed"
    return reader.open[0]


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> list[Path]:
    """The report of a class with every kind of picture, a child's page, and the page to share."""
    folder = tmp_path_factory.mktemp("pages") / "report"
    code = run(["report", str(REPOSITORY / "sample_data" / "levels"), "-o", str(folder), "--year", "3", "--year", "4"])
    assert code == 0
    children = sorted((folder / "named" / "children").iterdir())
    return [folder / "named" / "report.html", children[7], folder / "shareable" / "summary.html"]


@pytest.fixture(scope="module")
def read(pages) -> dict[str, Element]:
    return {page.name: parsed(page) for page in pages}


def test_each_page_says_its_language_its_title_and_its_landmarks(read):
    for name, page in read.items():
        (html,) = page.every("html")
        assert html.attributes["lang"] == "en-GB", name
        assert [len(list(page.every(mark))) for mark in ("h1", "header", "main", "footer")] == [1] * 4, name
        assert next(page.every("title")).words == next(page.every("h1")).words, name
        skip = next(page.every("a"))
        (main,) = page.every("main")
        assert skip.attributes["href"] == f"#{main.attributes['id']}", name


def test_headings_go_down_one_level_at_a_time(read):
    for name, page in read.items():
        levels = [int(heading.name[1]) for heading in page.every("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1, name
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), (name, levels)


def test_ids_are_unique_and_what_is_referred_to_is_there(read):
    for name, page in read.items():
        ids = [one.attributes["id"] for one in page.every() if "id" in one.attributes]
        labels = [key for one in page.every() for key in one.attributes.get("aria-labelledby", "").split()]
        links = [one.attributes["href"][1:] for one in page.every("a") if one.attributes["href"].startswith("#")]
        assert len(ids) == len(set(ids)), name
        assert {*labels, *links} <= set(ids), name


def test_every_table_has_a_caption_and_its_headings_say_of_what(read):
    assert sum(len(list(page.every("table"))) for page in read.values()) > 20
    for name, page in read.items():
        for table in page.every("table"):
            (caption,) = table.every("caption")
            headings = list(table.every("th"))
            assert caption.words, name
            assert {heading.attributes["scope"] for heading in headings} <= {"col", "row", "rowgroup"}, name
            for heading in headings:
                assert heading.words or heading.attributes["scope"] == "row", (name, caption.words)
            if table.attributes.get("class") == "room":
                continue  # in whose rows people write
            assert any(row.inside[0].name == "th" for body in table.every("tbody") for row in body.every("tr")), name


def test_every_picture_has_a_title_and_a_description_and_its_table_is_near(read):
    pictures = [picture for page in read.values() for picture in page.every("svg", "img")]
    assert len(pictures) > 30
    for picture in pictures:
        title, described = picture.inside[:2]
        assert (picture.attributes["role"], title.name, described.name) == ("img", "title", "desc")
        assert title.words
        assert described.words
        assert picture.attributes["aria-labelledby"].split() == [title.attributes["id"], described.attributes["id"]]
    for page in read.values():
        for figure in page.every("figure"):
            assert list(figure.every("table"))


def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_label(read):
    for name, page in read.items():
        scrolled = [one for one in page.every("div") if one.attributes.get("class") == "scrolled"]
        assert scrolled, name
        assert all(one.attributes["tabindex"] == "0" and one.attributes["aria-label"] for one in scrolled), name


def test_nothing_is_fetched_and_nothing_runs(pages, read):
    for name, page in read.items():
        names = {one.name for one in page.every()}
        attributes = {key for one in page.every() for key in one.attributes}
        hrefs = [one.attributes["href"] for one in page.every() if "href" in one.attributes]
        policy = [one.attributes.get("content") for one in page.every("meta")]
        assert not names & {"script", "link", "iframe", "object", "embed", "form", "base", "img"}, name
        assert not {key for key in attributes if key.startswith("on") or key in ("src", "srcset", "style")}, name
        assert all(re.fullmatch(r"#[\w-]+|(\.\./|children/)[\w.-]+", href) for href in hrefs), name
        assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in policy, name
    assert not any(re.search(r"https?:|url\(|@import", page.read_text(encoding="utf-8")) for page in pages)


def test_no_attribute_of_a_template_stands_without_quotes():
    pages = [*TEMPLATES.glob("*.jinja"), *(REPOSITORY / "src").rglob("*.html")]
    assert len(pages) > 4
    for template in pages:
        assert not re.search(r"=\s*\{\{", template.read_text(encoding="utf-8")), template.name


def _brightness(colour: str) -> float:
    """How bright a colour is, by WCAG."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted((_brightness(one), _brightness(other)))
    return (bright + 0.05) / (dark + 0.05)


def _palettes() -> list[dict[str, str]]:
    """The colours by name: on a light page, on a dark one, and on paper."""
    roots = re.findall(r":root \{(.*?)\}", (TEMPLATES / "style.css").read_text(encoding="utf-8"), re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", root)) for root in roots]


def test_every_pair_of_colours_has_enough_contrast():
    light, dark, paper = _palettes()
    for palette in (light, dark, {**light, **paper}):
        assert set(palette) == {
            "page",
            "text",
            "soft",
            *DRAWN,
            "quiet",
            "link",
            *(name for pair in PAIRS for name in pair),
        }
        low = {pair: _contrast(palette[pair[0]], palette[pair[1]]) for pair in PAIRS}
        faint = {name: _contrast(palette[name], palette["page"]) for name in DRAWN}
        assert min(low.values()) >= CONTRAST, low
        assert min(faint.values()) >= CONTRAST_OF_GRAPHICS, faint


def test_black_on_white_is_the_most_contrast_there_is():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.skipif(not (AXE and CHROMIUM), reason="axe-core (SIPTRACK_AXE) or Chromium is not on this machine")
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing(pages, tmp_path, width, scheme):
    for page in pages:
        assert _axe(page, tmp_path, width, scheme) == [], page.name


@pytest.mark.skipif(not (AXE and CHROMIUM), reason="axe-core (SIPTRACK_AXE) or Chromium is not on this machine")
def test_axe_would_find_something(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<html><head><title></title></head><body><img src='x.png'></body></html>", encoding="utf-8")

    assert "image-alt" in _axe(page, tmp_path, 360, "light")


def _axe(page: Path, folder: Path, width: int, scheme: str) -> list[str]:
    """What axe finds wrong with a page, by rule; the page is copied with axe in it and without its policy."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"<meta http-equiv=.*?>", "", text)
    axe = Path(AXE).read_text(encoding="utf-8")
    then = "axe.run().then(found => { document.title = JSON.stringify(found.violations.map(one => one.id)); });"
    copy = folder / "copy.html"
    copy.write_text(text.replace("</body>", f"<script>{axe}</script><script>{then}</script></body>"), encoding="utf-8")
    dark = ["--blink-settings=preferredColorScheme=0"] if scheme == "dark" else []
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={folder / 'browser'}"]
    command = [str(CHROMIUM), *flags, *dark, f"--window-size={width},900", "--virtual-time-budget=60000", "--dump-dom"]
    dumped = subprocess.run([*command, copy.as_uri()], capture_output=True, check=True, timeout=300)
    title = re.search(r"<title>(.*?)</title>", dumped.stdout.decode("utf-8"))
    assert title
    found = json.loads(title[1])
    assert isinstance(found, list)
    return found
