"""Staff by the classes that they teach: classes × periods ÷ the teaching load of 1.0 FTE, subject by subject."""

from __future__ import annotations

from staffcalc.language.figures import Figure
from staffcalc.language.staff import Staff
from staffcalc.school.parts.counts import StaffRatio
from staffcalc.source.problems import Place, Problems, nearest
from staffcalc.source.tree import Text

_EXAMPLE = "write {classes: {English: 24, mathematics: 22}, periods: 5, load: 25}"
WITHOUT_SUBJECT = "classes"
"""What classes are of where they are one number."""
_BySubject = Figure | dict[Text, Figure]


def by_classes(name: Text, entry: Staff, problems: Problems) -> tuple[StaffRatio, ...] | None:
    """The FTE of each subject, or of all classes where these are one number; None, with the problem, where an entry
    does not say what it takes."""
    assert entry.classes is not None
    if not _is_whole(name, entry, problems):
        return None
    step, up = entry.rounding or (None, False)
    found: list[StaffRatio] = []
    for subject, classes in _by_subject(entry.classes, name).items():
        of_class, load = _of(entry.periods, subject), _of(entry.load, subject)
        assert load is not None
        if of_class is None:
            load = _in_classes(load)
        found.append(StaffRatio(str(subject), (classes,), subject.place, of_class, load, step, up, classes=True))
    return tuple(found)


def refuse_parts_of_classes(name: Text, entry: Staff, problems: Problems) -> bool:
    """Whether an entry has what is said of classes, and no classes; it is told."""
    for key in ("periods", "load"):
        stated: _BySubject | None = getattr(entry, key)
        if entry.classes is None and stated is not None:
            problems.add(_place(stated), f"`{name}` has `{key}` without `classes`", _EXAMPLE)
            return True
    return False


def _is_whole(name: Text, entry: Staff, problems: Problems) -> bool:
    """Whether an entry says all that it takes, and nothing besides."""
    classes = entry.classes
    assert classes is not None
    if entry.fte is not None:
        hint = "the FTE of a class are its periods ÷ load; more or fewer stand in another entry: write a list of them"
        problems.add(entry.fte.place, f"`{name}` has `classes` and `fte`", hint)
        return False
    if entry.load is None:
        problems.add(_place(classes), f"`{name}` has `classes` and no `load`", _EXAMPLE)
        return False
    parts = [("load", entry.load), *([("periods", entry.periods)] if entry.periods is not None else [])]
    fitting = [_fits(key, part, classes, problems) for key, part in parts]
    return all(fitting)


def _fits(key: str, part: _BySubject, classes: _BySubject, problems: Problems) -> bool:
    """Whether the periods or the load are there for each subject, and for no other; a load is above zero."""
    if isinstance(part, dict) and not isinstance(classes, dict):
        problems.add(_place(part), f"`{key}` by subject, and `classes` are one number", _EXAMPLE)
        return False
    if isinstance(part, dict) and isinstance(classes, dict) and part.keys() != classes.keys():
        unknown = [subject for subject in part if subject not in classes]
        for subject in unknown or [subject for subject in classes if subject not in part]:
            if unknown:
                what, hint = f"`{subject}` has `{key}`, and no classes", nearest(subject, classes, "subjects")
            else:
                what, hint = f"`{subject}` has classes, and no `{key}`", f"write one `{key}` for all, or name each"
            problems.add(subject.place, what, hint)
        return False
    nothing = [one for one in _figures(part) if key == "load" and not one.value]
    for one in nothing:
        problems.add(one.place, "a load of 0 periods", "state how many periods 1.0 FTE teaches")
    return not nothing


def _by_subject(classes: _BySubject, name: Text) -> dict[Text, Figure]:
    return classes if isinstance(classes, dict) else {Text.at(WITHOUT_SUBJECT, classes.place): classes}


def _of(part: _BySubject | None, subject: Text) -> Figure | None:
    return part[subject] if isinstance(part, dict) else part


def _figures(part: _BySubject) -> tuple[Figure, ...]:
    """All figures of a part, those of single years, too."""
    stated = tuple(part.values()) if isinstance(part, dict) else (part,)
    return tuple(figure for one in stated for figure in (one, *one.dated_figures))


def _place(part: _BySubject) -> Place:
    return _figures(part)[0].place


def _in_classes(load: Figure) -> Figure:
    """A load where nothing is said of periods: a number of classes."""
    return load._replace(unit="classes", dated_figures=tuple(map(_in_classes, load.dated_figures)))
