"""From a seed to a sample: numbers, dirt, words, layout, and the truth about all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from .arithmetic import broken, plant_errors
from .dirt import draw_dirt, print_cells, worth
from .form import cell_names
from .labels import EXTRA_ROWS, draw_labels
from .layouts import LAYOUT_TABLE
from .model import Draft, Layout, Line, Page, Printed, Sample, Table
from .numbers import draw_numbers, merge_other
from .organs import Organ, draw_organ, draw_title
from .prose import Writer, heading
from .tables import activity_table, applicants_table, cases_table

FORMS = ("2021", "2019")
YEARS = {"2021": (2021, 2022, 2023, 2024, 2025), "2019": (2019, 2020)}


class Subject(NamedTuple):
    """Whose report of which year it is, and on which form."""

    form: str
    organ: Organ
    year: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A draft, and what was known when it was written."""

    draft: Draft
    layout: Layout
    printed: dict[str, Printed]
    writer: Writer
    clean: bool


def generate(
    seed: int, *, layout: str | None = None, form: str | None = None, clean: bool | None = None
) -> Sample:
    """One report, the same for the same arguments. What is not asked for is drawn from the seed."""
    rng = Random(seed)
    chosen = rng.choice(tuple(LAYOUT_TABLE.values()))
    chosen = LAYOUT_TABLE[layout] if layout else chosen
    drawn_form = rng.choices(FORMS, [70, 30])[0]
    drawn_clean = rng.random() < 0.4
    work = generate_draft(rng, chosen, form or drawn_form, clean=drawn_clean if clean is None else clean)
    return sample_of(work, chosen.render(work.draft, rng), f"{chosen.name}-{seed}{chosen.suffix}")


def sample_of(work: Work, page: Page, name: str) -> Sample:
    names, draft = cell_names(work.draft.form), work.draft
    cells = worth(work.printed)
    return Sample(
        name=name,
        data=page.data,
        layout=work.layout.name,
        form=draft.form,
        organ=draft.organ,
        year=draft.year,
        title=draft.title,
        published=draft.published,
        cells=dict.fromkeys(names) | cells,
        states=dict.fromkeys(sorted(set(names) - set(cells)), "missing")
        | {name: cell.state for name, cell in work.printed.items() if cell.state != "ok"},
        unknowable=page.unknowable & (set(names) | set(cells)),
        planted=broken(draft.form, cells),
        clean=work.clean,
    )


def draw_cells(rng: Random, layout: Layout, form: str, *, clean: bool) -> dict[str, Printed]:
    numbers = draw_numbers(form, rng)
    if form == "2021" and not clean and not layout.exact and rng.random() < 0.12:
        numbers = merge_other(numbers)
    if not clean and not layout.exact and rng.random() < 0.45:
        numbers = plant_errors(numbers, form, rng)
    whole = frozenset[str]().union(*(planted.cells for planted in broken(form, numbers)))
    dirt = draw_dirt(layout, rng, clean=clean)
    return print_cells(numbers, form, dirt, whole, rng)


def generate_draft(rng: Random, layout: Layout, form: str, *, clean: bool) -> Work:
    printed = draw_cells(rng, layout, form, clean=clean)
    organ, year = draw_organ(rng), rng.choice(YEARS[form])
    titles = draw_title(organ, year, rng, clean=clean)
    writer = Writer(organ, year, worth(printed), rng, clean=clean)
    return compose(rng, layout, Subject(form, organ, year, titles), printed, writer)


def compose(
    rng: Random, layout: Layout, subject: Subject, printed: dict[str, Printed], writer: Writer
) -> Work:
    (form, organ, year, titles), clean = subject, writer.clean
    labels = draw_labels(form, rng, dirty=rng.random() < 0.7, spaced=layout.spaced)
    if not clean and layout.spaced and not layout.exact and not layout.vanishing and rng.random() < 0.05:
        labels["extra"] = rng.choice(EXTRA_ROWS)
    article = "第二十一条" if not clean and rng.random() < 0.06 else "第二十条"
    contents: tuple[list[Line | Table], ...] = (
        list(writer.overview()),
        [activity_table(form, labels, printed, article)],
        [applicants_table(labels, printed)],
        [cases_table(labels, printed)],
        list(writer.problems()),
        list(writer.rest()),
    )
    blocks: list[Line | Table] = [*(Line(title, "title") for title in titles), *writer.opening()]
    for number, content in enumerate(contents, start=1):
        blocks += [heading(number, rng, clean=clean), *content]
    published = date(year + 1, 1, 4) + timedelta(days=rng.randint(0, 80)) if rng.random() < 0.7 else None
    draft = Draft(form, organ.name, year, "".join(titles), published, tuple(blocks))
    return Work(draft, layout, printed, writer, clean)


def form_of(year: int) -> str:
    """The form that reports of a year have; none before the first one here."""
    return next((form for form in FORMS if year in YEARS[form]), "")
