"""The lists of children as a page has them: by class, each child with a sentence for everything that is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from siptrack.documents import overall as wording
from siptrack.documents.children import Child, SchoolClass, Sections, hardly
from siptrack.reports.named_children import clause_sentences, counting_sentences, said_of_evidence, split_findings
from siptrack.rules.model import Rules


@dataclass(frozen=True)
class ListedChild:
    """A child and what is said of them."""

    child: Child
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ListedClass:
    """A class and its children in this list; before the last of them, if any, stands what `rest_are`."""

    heading: str
    children: tuple[ListedChild, ...]
    rest: tuple[ListedChild, ...] = ()
    rest_are: str = ""


@dataclass(frozen=True)
class ChildList:
    """One of the lists: its title, what must be known of it, and its classes."""

    key: str
    title: str
    note: str
    classes: tuple[ListedClass, ...]


def child_lists(sections: Sections, rules: Rules, note: str) -> tuple[ChildList, ...]:
    """The lists that have children in them; the first is there in any case, with a note on its numbers."""
    lists = (
        ("insufficient", wording.INSUFFICIENT, sections.insufficient, note),
        ("below", wording.BELOW, sections.below, wording.below_note()),
        ("others", wording.OTHERS, sections.others, ""),
    )
    listed = [_list(key, title, classes, note, rules) for key, title, classes, note in lists if classes]
    if not sections.insufficient:
        listed.insert(0, ChildList(lists[0][0], wording.INSUFFICIENT, wording.nobody_insufficient(), ()))
    return tuple(listed)


def _list(key: str, title: str, classes: Sequence[SchoolClass], note: str, rules: Rules) -> ChildList:
    count = sum(len(one.children) for one in classes)
    return ChildList(key, wording.list_heading(title, count), note, tuple(_class(one, rules) for one in classes))


def _class(one: SchoolClass, rules: Rules) -> ListedClass:
    year = rules.years.label(one.year_group)
    heading = wording.class_heading(one.name, year, len(one.children), one.size)
    said = [ListedChild(child, _said_of(child, rules)) for child in one.children]
    sure = tuple(one for one in said if not hardly(one.child, rules))
    rest = tuple(said[len(sure) :])
    return ListedClass(heading, sure, rest, said_of_evidence("hardly") if rest else "")


def _said_of(child: Child, rules: Rules) -> tuple[str, ...]:
    counting, others = split_findings(child, rules)
    return (*(words for words, _ in counting_sentences(counting, rules)), *clause_sentences(others, rules))
