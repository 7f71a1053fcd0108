"""The lists of children in sentences: by class, each child with everything that is to be known of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.documents.children import Child, SchoolClass, Sections, hardly
from siptrack.documents.clauses import child_clauses, counting_sentences, split_findings
from siptrack.documents.flags import evidence

if TYPE_CHECKING:
    from siptrack.rules.model import Rules


class ChildInWords(NamedTuple):
    """A child: a sentence for each window in which progress is insufficient, with its cells; clauses, with theirs."""

    child: Child
    counting: Sequence[tuple[str, str]]
    clauses: Sequence[str]
    cells: str


class ClassInWords(NamedTuple):
    """A class of so many and its children in a list, those whom their marks hardly name last."""

    name: str
    year: str
    size: int
    sure: Sequence[ChildInWords]
    hardly: Sequence[ChildInWords]

    @property
    def listed(self) -> int:
        """How many are in the list."""
        return len(self.sure) + len(self.hardly)


class ChildList(NamedTuple):
    """One of the lists, `insufficient`, `below` or `others`, and its classes."""

    key: str
    classes: Sequence[ClassInWords]

    @property
    def listed(self) -> int:
        """How many children are in it."""
        return sum(of_class.listed for of_class in self.classes)


def child_lists(sections: Sections, rules: Rules) -> list[ChildList]:
    """The lists that have children in them; the first is there in any case."""
    lists = (ChildList(key, [_class(of, rules) for of in classes]) for key, classes in sections._asdict().items())
    return [of for of in lists if of.classes or of.key == Sections._fields[0]]


def _class(of: SchoolClass, rules: Rules) -> ClassInWords:
    sure = [_in_words(child, rules) for child in of.children if not hardly(child, rules)]
    rest = [_in_words(child, rules) for child in of.children if hardly(child, rules)]
    return ClassInWords(of.name, rules.years.label(of.year_group), of.size, sure, rest)


def _in_words(child: Child, rules: Rules) -> ChildInWords:
    counting, others = split_findings(child, rules)
    sentences = [(words, evidence(findings)) for words, findings in counting_sentences(counting, rules)]
    standing = "below expectations: " if counting else ""
    return ChildInWords(child, sentences, child_clauses(others, rules, standing=standing), evidence(others))
