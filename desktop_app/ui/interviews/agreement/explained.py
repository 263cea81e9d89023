"""The figures in words: what each is called, how it is made, how it is written, and why it is missing where it is.

Formulas are those of ``lenses.agreement``; who first gave them is named with each.
"""

from dataclasses import dataclass

from desktop_app.model.agreement import Agreement, Coefficients, Unit
from desktop_app.ui.i18n import tr

CORRECTED = ("cohen_kappa", "scott_pi", "brennan_prediger", "gwet_ac1", "fleiss_kappa", "krippendorff_alpha")


@dataclass(frozen=True, slots=True)
class Figure:
    """One column: the field of :class:`Coefficients`, its head, its whole name, and how it is made."""

    name: str
    head: str
    title: str
    words: str


def unit_words(unit: Unit) -> str:
    return {
        Unit.CHARACTER: tr("characters"),
        Unit.SEGMENT: tr("segments"),
        Unit.CONTINUUM: tr("the continuum"),
    }[unit]


def _all_figures() -> tuple[Figure, ...]:
    expected = tr("(observed − expected agreement) ÷ (1 − expected)")
    return (
        Figure("n", "n", tr("Units"), tr("How many units two coders or more gave a value.")),
        Figure("prevalence", tr("Prevalence"), tr("Prevalence"), tr("The share of all values that say “it is here”.")),
        Figure("percent", tr("Agree"), tr("Percent agreement"), tr("Units on which coders agree ÷ all units.")),
        Figure("cohen_kappa", "κ", tr("Cohen’s κ"),
               expected + tr("; expected from how often each coder uses the code (Cohen 1960).")),
        Figure("scott_pi", "π", tr("Scott’s π"),
               expected + tr("; expected from how often both use the code taken together (Scott 1955).")),
        Figure("brennan_prediger", "B–P", tr("Brennan–Prediger"),
               expected + tr("; expected as if every value were as likely (Brennan and Prediger 1981).")),
        Figure("gwet_ac1", "AC1", tr("Gwet’s AC1"),
               expected + tr("; expected only where coders are unsure, so rare codes are not punished (Gwet 2008).")),
        Figure("fleiss_kappa", tr("Fleiss"), tr("Fleiss’ κ"),
               expected + tr("; of all coders at once (Fleiss 1971; with missing values as Gwet 2014).")),
        Figure("krippendorff_alpha", "α", tr("Krippendorff’s α"),
               tr("1 − observed ÷ expected disagreement; any number of coders, missing values left out "
                  "(Krippendorff 2019). From .800 on it may be relied upon, from .667 on with care.")),
        Figure("holsti", "Holsti", tr("Holsti’s coefficient"),
               tr("Twice the segments both have ÷ the segments each has (Holsti 1969).")),
        Figure("u_alpha", "uα", tr("uα of the continuum"),
               tr("1 − observed ÷ expected disagreement over every stretch and gap of the text "
                  "(Krippendorff and others 2016).")),
        Figure("u_alpha_binary", "|uα", tr("|uα, coded or not"),
               tr("As uα, with all codes taken as one: do coders mark the same places?")),
        Figure("cu_alpha", "cuα", tr("cuα, which code"),
               tr("Only where units of two coders meet: do they give them the same code?")),
        Figure("interval", "95 %", tr("95 % interval of α"),
               tr("Between which values α lies in 95 of 100 samples drawn anew (bootstrap).")),
    )  # fmt: skip


def figures_of(unit: Unit, coders: int) -> tuple[Figure, ...]:
    """The columns of a report in this unit with so many coders; those that say nothing there are left out."""
    continuum = ("u_alpha", "u_alpha_binary", "cu_alpha")
    if unit == Unit.CONTINUUM:
        wanted: tuple[str, ...] = ("n", "prevalence", *continuum, "interval")
    else:
        wanted = ("n", "prevalence", "percent", *CORRECTED, "interval", *(("holsti",) if unit == Unit.SEGMENT else ()))
        if coders < 3:  # of two coders Fleiss' κ is Scott's π
            wanted = tuple(name for name in wanted if name != "fleiss_kappa")
    return tuple(figure for figure in _all_figures() if figure.name in wanted)


def shown(name: str, row: Coefficients) -> str:
    """A figure as the table writes it; ``n/a`` where it is undefined."""
    value = getattr(row, name)
    if value is None:
        return tr("n/a")
    match name:
        case "n":
            return f"{value:,}"
        case "prevalence":
            return f"{100 * value:.1f} %"
        case "percent":
            return f"{value:.1f} %"
        case "interval":
            return f"{_number(value[0])} … {_number(value[1])}"
    return _number(value)


def _number(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")


def reason(name: str, row: Coefficients, level: str) -> str:
    """Why a figure is undefined; ``level`` is the kind of row: ``code``, ``document`` (of a code), or of all codes."""
    if not row.n:
        return tr("fewer than two of the coders have coded here")
    if name == "interval":
        if level == "document":
            return tr("it is drawn over documents, and this is one of them")
        return tr("there is too little to draw from, or α itself is undefined")
    if name == "cu_alpha":
        return tr("nowhere do units of two coders meet that could have different codes")
    if name == "holsti":
        return tr("no coder has a segment here")
    return tr("all gave one and the same value throughout, so nothing could have been expected to differ")


def spoken(figure: Figure, row: Coefficients, level: str, label: str) -> str:
    """A cell as a screen reader says it."""
    words = f"{label}: {figure.title} {shown(figure.name, row)}"
    return words if getattr(row, figure.name) is not None else f"{words}, {reason(figure.name, row, level)}"


def explained(figure: Figure, unit: Unit) -> str:
    """The line beneath the table: name, how it is made, and in which unit."""
    return f"{figure.title}: {figure.words} " + tr("Unit: {unit}.", unit=unit_words(unit))


def interval_words(row: Coefficients) -> str:
    """What was drawn anew for the interval; empty where there is none."""
    return tr("drawn over {what}", what=row.interval_of) if row.interval and row.interval_of else ""


def method_words(report: Agreement) -> str:
    """How the overall row was made."""
    if report.method == "categories":
        return tr("Overall: codes as the values of one variable, for every unit one code or none.")
    return tr("Overall: units of all codes summed up.")
