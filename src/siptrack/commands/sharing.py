"""`siptrack analyse` with --share or --pseudonyms: outputs without names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from siptrack.commands.forms import BINARY, refuse_several_tables
from siptrack.commands.messages import say
from siptrack.school.errors import ChoiceError
from siptrack.school.near import instead

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.sharing import SharedBefore, SharingMode


def choose_mode(share: str | None, rules: Rules) -> SharingMode:
    """The mode of sharing named with --share, or the usual one.

    Raises ChoiceError with those there are.
    """
    modes = rules.sharing.modes
    if (mode := modes.get(rules.sharing.default if share is None else share)) is None:
        raise ChoiceError(f"--share '{share}' is not known. {instead(share or '', modes)}")
    return mode


def refuse_since_shared(share: str | None, since_shared: Sequence[Path]) -> None:
    """Say that what was shared before bears on nothing but what is shared.

    Raises ChoiceError.
    """
    if since_shared and share is None:
        raise ChoiceError("--since-shared goes with --share: it hides what two outputs to share give away together.")


@dataclass(frozen=True)
class Nameless:
    """What was asked for: a mode of sharing, or a file with a key for pseudonyms; neither for the usual output.

    `since_shared` are the files of what was shared before.
    """

    share: str | None
    key_file: Path | None
    since_shared: tuple[Path, ...] = ()

    @property
    def wanted(self) -> bool:
        """Whether the output is to be without names."""
        return self.share is not None or self.key_file is not None

    def refuse(self, form: str, table: str | None, *, detail: bool, rules: Rules) -> None:
        """Say what does not go together before anything is read.

        Raises ChoiceError with what does.
        """
        refuse_since_shared(self.share, self.since_shared)
        if not self.wanted:
            return
        if self.share is not None and self.key_file is not None:
            raise ChoiceError("--share and --pseudonyms cannot go together: a shared table has no children in it.")
        if form in BINARY:
            raise ChoiceError(f"--format {form} cannot go with --share or --pseudonyms; take json, ndjson or csv.")
        if detail:
            raise ChoiceError("--detail tells cells, which --share and --pseudonyms leave out; take one of them away.")
        if self.share is not None:
            choose_mode(self.share, rules)
        option, allowed = self._tables
        if table is not None and table not in allowed:
            raise ChoiceError(f"--table {table} cannot go with {option}. {instead(table, allowed, 'Tables that can')}")
        refuse_several_tables(form, table, allowed)
        if self.key_file is not None and form == "table" and table is None:
            raise ChoiceError(
                "--pseudonyms has no report, whose point is the names: choose a table with --table, "
                "or --format json, ndjson or markdown."
            )

    def refuse_files(self) -> None:
        """Say before anything else is read that a file for the key or of what was shared cannot be used."""
        _ = self._key, self._before

    @cached_property
    def _before(self) -> tuple[SharedBefore, ...]:
        """What was shared before."""
        if not self.since_shared:
            return ()
        from siptrack.reading.shared_before import read_shared_before

        return read_shared_before(self.since_shared)

    @cached_property
    def _key(self) -> bytes | None:
        """The key in the file named, read once, since it may be a pipe; None where it is still to be made."""
        if self.key_file is None:
            return None
        from siptrack.commands.key_file import read_key

        return read_key(self.key_file)

    @property
    def _tables(self) -> tuple[str, Sequence[str]]:
        """The option given, and the tables that go with it."""
        from siptrack.documents.pseudonyms import PSEUDONYMISED
        from siptrack.documents.registry import KINDS

        shared = [table.name for table in KINDS["shared"].tables]
        return ("--share", shared) if self.share is not None else ("--pseudonyms", PSEUDONYMISED)

    def text(
        self, analysis: Analysis, rules: Rules, form: str, table: str | None, *, width: int | None, colour: bool
    ) -> str:
        """The output; what its reader must know stands on standard error."""
        if self.key_file is not None:
            return self._by_pseudonym(self.key_file, analysis, rules, form, table, width)
        from siptrack.analysis.shareable import share
        from siptrack.documents.shared_tables import shared_tables
        from siptrack.documents.sharing import filters_warning

        mode = choose_mode(self.share, rules)
        if analysis.filters:
            say(filters_warning(mode))
        shared = share(analysis, rules, mode, self._before)
        if table is None and form == "table":
            from siptrack.documents.summary.view import Summary, summary_document
            from siptrack.rendering.terminal import as_text

            summary = Summary(analysis, shared, rules, self._before)
            return as_text(summary_document(summary), width=width, colour=colour)
        return shared_tables(analysis, shared, rules, form, only=table, width=width)

    def _by_pseudonym(
        self, path: Path, analysis: Analysis, rules: Rules, form: str, table: str | None, width: int | None
    ) -> str:
        from siptrack.commands.key_file import make_key
        from siptrack.documents.pseudonyms import pseudonymised_text
        from siptrack.documents.sharing import key_made, still_personal

        key = self._key or make_key(path)
        if self._key is None:
            say(key_made(str(path)))
        say(still_personal(len(analysis.frame("ages"))))
        return pseudonymised_text(analysis, rules, key, form, only=table, width=width)
