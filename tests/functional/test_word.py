"""Word documents: real headings, tables that repeat their headings, and the same bytes for the same children."""

from __future__ import annotations

import io
import sys
import zipfile
from functools import cache

import docx
import pytest
from docx.oxml.ns import qn
from running import SAMPLES, SCHOOLS
from running import siptrack_here as siptrack

import siptrack as library
from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.cycle.first import first_to_talk_about
from siptrack.cycle.first_tables import FirstChild
from siptrack.documents.child.document import beside, child_document
from siptrack.documents.child.rows import child_rows
from siptrack.documents.child.view import page_of
from siptrack.documents.meeting.view import meeting_document, meeting_pack
from siptrack.rendering.word.document import as_word
from siptrack.school.errors import MissingLibraryError
from siptrack.school.tables import rows_of


@cache
def analysis_of(school):
    return library.analyse(SAMPLES / school)


@cache
def pack(school):
    return as_word(meeting_document(analysis_of(school), usual_rules()))


@cache
def first_child(school):
    pupil = analysis_of(school).flags["pupil"].iloc[0]
    rows = child_rows(analysis_of(school), usual_rules(), [pupil])
    page = page_of(pupil, rows)
    return page, beside(page, rows)


def in_word(page, known):
    return as_word(child_document(page, known, usual_rules().ruler, "docx"))


def read(content):
    return docx.Document(io.BytesIO(content))


def headings(document, level):
    return [one.text for one in document.paragraphs if one.style.name == f"Heading {level}"]


def tables_led_by(document, heading):
    """The rows of each table with that heading, without the row of headings."""
    return [table.rows[1:] for table in document.tables if heading in [cell.text for cell in table.rows[0].cells]]


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_pack_has_each_class_under_a_heading_with_those_to_talk_about_in_strips(school):
    document = read(pack(school))
    held = meeting_pack(analysis_of(school), usual_rules()).meetings

    assert len(headings(document, 1)) == len(held)
    strips = [[row.cells[0].text.split("\n")[0] for row in rows] for rows in tables_led_by(document, "By when")]
    assert strips == [[child.name for child in meeting.strips] for meeting in held]
    assert all(6 <= len(names) <= 8 for names in strips)


@pytest.mark.parametrize("school", SCHOOLS)
def test_those_to_talk_about_first_in_the_school_come_first_in_their_class(school):
    first = {
        row.pupil: row.rank for row in rows_of(FirstChild, first_to_talk_about(analysis_of(school), usual_rules()))
    }

    for meeting in meeting_pack(analysis_of(school), usual_rules()).meetings:
        ranks = [first[child.pupil] for child in meeting.children if child.pupil in first]
        assert [first.get(child.pupil) for child in meeting.strips[: len(ranks)]] == sorted(ranks)


def test_a_strip_has_room_for_two_lines_by_hand_in_letters_that_can_be_read():
    document = read(pack("today"))
    rows = [row for rows in tables_led_by(document, "By when") for row in rows]

    assert all(row.height.mm >= 16 for row in rows)
    assert {cell.text for row in rows for cell in row.cells[3:]} == {""}
    assert document.styles["Normal"].font.size.pt == 11  # of what is written into an empty cell
    runs = [run for row in rows for cell in row.cells for line in cell.paragraphs for run in line.runs]
    assert min(run.font.size.pt for run in runs) >= 9


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_class_begins_with_what_was_agreed_and_ends_with_its_working_groups(school):
    document = read(pack(school))
    held = meeting_pack(analysis_of(school), usual_rules()).meetings
    agreed, grids = (tables_led_by(document, heading) for heading in ("What came of it", "Group"))

    assert [row.cells[0].text for rows in agreed for row in rows] == [
        name for meeting in held for name, action in meeting.agreed if action.last
    ]
    assert len(grids) == len(held)
    for meeting, grid in zip(held, grids, strict=True):
        for at in range(1, len(grid[0].cells)):
            names = [name for row in grid for name in row.cells[at].text.split("; ") if name]
            assert sorted(names) == sorted(child.name for child in meeting.children)


def test_tables_repeat_their_headings_and_keep_a_child_on_one_page():
    for table in read(pack("today")).tables:
        first, *others = [row._tr.trPr for row in table.rows]
        assert first.find(qn("w:tblHeader")) is not None
        assert all(one.find(qn("w:cantSplit")) is not None for one in others)


@pytest.mark.parametrize("landscape", [True, False])
def test_documents_are_on_a4(landscape):
    content = pack("today") if landscape else in_word(*first_child("today"))
    section = read(content).sections[0]

    size = (round(section.page_width.mm), round(section.page_height.mm))
    assert size == ((297, 210) if landscape else (210, 297))


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_childs_document_has_each_subject_the_questions_and_room_for_what_is_agreed(school):
    page, known = first_child(school)
    document = read(in_word(page, known))

    titles = headings(document, 2)
    assert [title.split(":")[0] for title in titles if ": " in title] == [subject.label for subject in page.subjects]
    assert titles[-2:] == ["To ask", "What is agreed"]
    assert [row.cells[0].text for row in document.tables[-1].rows] == ["What stands in the way", "", ""]
    listed = {item.text for item in document.paragraphs if item.style.name == "List Bullet"}
    assert known.questions
    assert set(known.questions) <= listed


def test_the_same_children_give_the_same_bytes_and_nothing_of_the_machine():
    assert as_word(meeting_document(analysis_of("today"), usual_rules())) == pack("today")
    about = read(pack("today")).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("siptrack", "", "")
    assert about.created == about.modified
    with zipfile.ZipFile(io.BytesIO(pack("today"))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("made", [lambda: pack("today"), lambda: in_word(*first_child("today"))])
def test_a_document_holds_nothing_of_the_librarys_template_that_is_not_its_own(made):
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        members = archive.namelist()
        whole = b"".join(map(archive.read, members)).decode("utf-8", errors="replace")

    for part in ("thumbnail", "customXml", "docProps/app.xml", "stylesWithEffects"):
        assert not any(part in name for name in members)
        assert part not in whole  # neither a relation nor a content type is left of it
    for said in ("python-docx", "Macintosh", "savePreviewPicture", "rsidRoot"):
        assert said not in whole


def test_text_that_no_document_may_hold_shows_itself_and_does_nothing():
    whole = register("pupil | year group | class | Summer 2008 | Summer 2009\nx | 4 | 4A | 2b | 2b")
    hostile = whole.with_tables(pupils=whole.frame("pupils").having(surname="a\x00\x1b[31m\ud800<w:t>"))
    document = read(as_word(meeting_document(analyse(hostile, usual_rules(), term("Summer 2009")), usual_rules())))

    assert tables_led_by(document, "By when")[0][0].cells[0].text == "a\\x00\\x1b[31m\\ud800<w:t>"


def test_without_the_library_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)

    with pytest.raises(MissingLibraryError, match=r"\[docx\]") as error:
        as_word(meeting_document(analysis_of("today"), usual_rules()))

    assert error.value.exit_code == 2


def test_the_command_writes_one_child_as_a_document_to_a_file_only(tmp_path):
    known = ("child", SAMPLES / "today", first_child("today")[0].pupil, "--format", "docx")

    on_screen, to_file = siptrack(*known), siptrack(*known, "-o", tmp_path / "child.docx")

    assert (on_screen.code, on_screen.out) == (2, "")
    assert "school.docx" in on_screen.err
    assert to_file.code == 0
    assert read((tmp_path / "child.docx").read_bytes()).paragraphs[0].text.startswith(first_child("today")[0].name)
