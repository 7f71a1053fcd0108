"""Opening a school's own workbook that is to be filled: as little trusted as any file of data."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from siptrack.school.errors import InputError

if TYPE_CHECKING:
    from siptrack.documents.template.fill import Template

_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError)


def open_template(path: Path) -> Template:
    """The template with all its members, once it is seen to be safe to unpack.

    Raises InputError with what is wrong and what to do.
    """
    from siptrack.documents.template.fill import Template
    from siptrack.reading.files import content_of
    from siptrack.reading.formats.archive import open_archive, workbook_kind
    from siptrack.reading.formats.unusable import UnusableFileError
    from siptrack.reading.formats.xlsx_parts import sheet_parts

    unusable = f"{path}: this template cannot be used"
    try:
        archive = open_archive(content_of(path))
        kind = workbook_kind(archive)
        members = tuple((info, archive.read(info)) for info in archive.infolist())
    except UnusableFileError as reason:
        raise InputError(f"{unusable}: {reason}.") from None
    except _BROKEN:
        raise InputError(f"{unusable}: it is damaged. Open it in Excel and save it.") from None
    if kind != "xlsx":
        raise InputError(f"{unusable}: it is not an Excel workbook of today's kind. Save it as .xlsx.")
    return Template(path.name, members, sheet_parts(archive))
