"""Which column of a seller's file is what: guessed from the headers, remembered per shop, corrected by people."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from jinpai.importing.cells import clean
from jinpai.importing.model import Column, Form, Layout, Why
from jinpai.importing.tables import Table
from jinpai.kit.errors import BadInput

_HEADER_LINES = 20
_TELLING = 4
"""How long a known name must be, to be looked for inside a header."""


def fold_header(text: str) -> str:
    """A header as it is compared: full-width, case, blanks and what stands in brackets make no difference."""
    folded = unicodedata.normalize("NFKC", clean(text)).lower()
    return re.sub(r"\([^)]*\)|\[[^\]]*\]|[\s\ufeff\u200b*:_-]", "", folded)


def find_layout(form: Form, table: Table, remembered: Mapping[str, str]) -> Layout:
    """The headers (they may stand below a title) and what each column is guessed to be.

    `remembered` says, by folded header, what this shop's people decided before; an empty field leaves the column out.
    """
    found = [(guess(form, cells, remembered), at) for at, (_, cells) in enumerate(table.rows[:_HEADER_LINES])]
    best, at = max(found, key=lambda pair: (sum(column.field is not None for column in pair[0]), -pair[1]))
    return Layout(best, at + 1, form)


def guess(form: Form, headers: Sequence[str], remembered: Mapping[str, str]) -> tuple[Column, ...]:
    """What each column is; a field is given once, to the column whose header says it best."""
    folded = [fold_header(header) for header in headers]
    fields: dict[int, tuple[str | None, Why]] = {}
    for at, header in enumerate(folded):
        if header in remembered:
            field = remembered[header] or None
            fields[at] = (None if field and _is_taken(fields, field) else field, "remembered")
    for field, (_, names) in form.fields.items():
        free = [at for at in range(len(folded)) if at not in fields]
        match = next((at for name in names for at in free if folded[at] == name), None)
        if match is not None and not _is_taken(fields, field):
            fields[match] = (field, "name")
    for field, (_, names) in form.fields.items():
        free = [at for at in range(len(folded)) if at not in fields and not _is_taken(fields, field)]
        long = [name for name in names if len(name) >= _TELLING]
        match = next((at for name in long for at in free if name in folded[at]), None)
        if match is not None:
            fields[match] = (field, "alike")
    return tuple(Column(clean(header), *fields.get(at, (None, ""))) for at, header in enumerate(headers))


def choose(layout: Layout, fields: Sequence[str | None]) -> Layout:
    """The layout with what people decided, one field or None per column; BadInput when that cannot be."""
    if len(fields) != len(layout.columns):
        raise BadInput(f"文件有 {len(layout.columns)} 列，对应关系却有 {len(fields)} 项，请刷新页面重新核对")
    check_fields(layout.form, fields)
    columns = (Column(column.header, field, "") for column, field in zip(layout.columns, fields, strict=True))
    return Layout(tuple(columns), layout.start, layout.form)


def choose_by_header(layout: Layout, wishes: Mapping[str, str]) -> Layout:
    """The layout with these wishes: header → field, or its name for people, or empty to leave it out."""
    fields = [column.field for column in layout.columns]
    known = {name: field for field, (name, _) in layout.form.fields.items()}
    for header, wish in wishes.items():
        at = next((at for at, one in enumerate(layout.columns) if fold_header(one.header) == fold_header(header)), None)
        if at is None:
            raise BadInput(f"文件里没有“{header}”这一列；有的列是：{_names(layout)}")
        field = known.get(wish, wish) or None
        fields = [None if one == field else one for one in fields]
        fields[at] = field
    return choose(layout, fields)


def check_fields(form: Form, fields: Sequence[str | None]) -> None:
    """BadInput when a field is unknown or stands twice."""
    given = [field for field in fields if field is not None]
    for field in given:
        if field not in form.fields:
            raise BadInput(f"没有“{field}”这个项目；可以用的有：{'、'.join(form.fields)}")
        if given.count(field) > 1:
            raise BadInput(f"有两列都对应“{form.name_of(field)}”，请只留一列")


def check_complete(layout: Layout) -> None:
    """BadInput when a column is missing without which nothing can be kept apart."""
    given = {column.field for column in layout.columns}
    for group in layout.form.needs:
        if not given.intersection(group):
            name = "或".join(layout.form.name_of(field) for field in group)
            raise BadInput(f"找不到“{name}”这一列，请指定哪一列是{name}；文件里的列有：{_names(layout)}")


def _is_taken(fields: Mapping[int, tuple[str | None, Why]], field: str) -> bool:
    return any(taken == field for taken, _ in fields.values())


def _names(layout: Layout) -> str:
    names = [column.header for column in layout.columns if column.header][:30]
    return "、".join(name[:20] for name in names) or "（没有表头）"
