"""The message about a text that is no YAML: in the words of people, and never in those of the text itself.

The parser's own message and its snippet may quote what stands there; in a school's settings that may be a child's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.school.errors import RulesError

if TYPE_CHECKING:
    from yaml import YAMLError

_UNCLOSED = "found unexpected end of stream"
_SPACES = "begin this line as far in as those it belongs to, and put texts in quotation marks"
_MESSAGES = {  # the parser's message, and ours
    "found character that cannot start any token": "a tab, or a sign such as @ or %, stands before a text; indent with "
    "spaces, and put such a text in quotation marks",
    "mapping values are not allowed in this context": f"a colon is not expected here; {_SPACES}",
    "block sequence entries are not allowed in this context": f"a hyphen is not expected here; {_SPACES}",
    "did not find expected key": f"a name with a colon is expected here; {_SPACES}",
    "did not find expected '-' indicator": f"a hyphen is expected here; {_SPACES}",
    "could not find expected ':'": "a colon is missing, or the space behind it",
    "did not find expected ',' or ']'": "a comma or the closing ] is missing",
    "did not find expected ',' or '}'": "a comma or the closing } is missing",
    "did not find expected node content": "a value is expected here; take out the comma or bracket that is too many",
    "found unknown escape character": "a backslash stands between double quotation marks; write two of them",
    _UNCLOSED: "a quotation mark that is opened here is not closed",
}
_OTHERS = "look at the quotation marks, brackets, colons and spaces of this line and of the one above"
_CHARACTERS = "it holds characters that YAML does not allow; save it again as UTF-8 text"


def not_yaml(error: YAMLError, file: str) -> RulesError:
    """The line and what to look for there."""
    problem, mark = str(getattr(error, "problem", "")), getattr(error, "problem_mark", None)
    if problem == _UNCLOSED:
        mark = getattr(error, "context_mark", None) or mark
    where = f"{file}, line {mark.line + 1}" if mark else file
    return RulesError(f"{where}: this is not YAML: {_MESSAGES.get(problem, _OTHERS) if mark else _CHARACTERS}.")
