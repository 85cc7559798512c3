"""Whom a lesson of the timetable is for: whole classes, or parts of them.

Also the ways in which several teachers can share a lesson by parts.
"""

from dataclasses import dataclass
from itertools import permutations

from .import_structure import JOINED

MOST_OPTIONS = 24


@dataclass(frozen=True)
class Audience:
    """Classes of a lesson, each with the names of its parts; no names: the whole class.

    ``parts`` is a tuple of ``(planned class, (names of parts))`` in the order of the file.
    """

    parts: tuple

    @property
    def classes(self):
        return [class_ for class_, _names in self.parts]

    @property
    def is_whole(self):
        return not any(names for _class, names in self.parts)

    @property
    def subgroup_name(self):
        """Name of the subgroup, ``None`` for whole classes."""
        if self.is_whole:
            return None
        if len({names for _class, names in self.parts}) == 1:
            return JOINED.join(self.parts[0][1])
        return JOINED.join(
            " ".join((class_.title, *names)) for class_, names in self.parts
        )


class Audiences:
    """Audiences of the lessons of one file.

    :param timetable: :class:`tools.asc_timetable.Timetable`
    :param classes: ``{class id of the file: planned class}``
    """

    def __init__(self, timetable, classes):
        self._groups = timetable.groups
        self._classes = classes
        self._divisions = {}
        for group in timetable.groups.values():
            if not group.entire:
                divisions = self._divisions.setdefault(group.class_id, {})
                divisions.setdefault(group.division, []).append(group.name)

    def of(self, lesson):
        """The audience of a lesson; groups that together are the class are the class."""
        return Audience(
            tuple(
                (self._classes[class_id], self._part(lesson, class_id))
                for class_id in lesson.class_ids
            )
        )

    def _own_groups(self, lesson, class_id):
        groups = [self._groups[key] for key in lesson.group_ids if key in self._groups]
        return [group for group in groups if group.class_id == class_id]

    def _part(self, lesson, class_id):
        groups = self._own_groups(lesson, class_id)
        if not groups or any(group.entire for group in groups):
            return ()
        names = [group.name for group in groups]
        for division in self._divisions.get(class_id, {}).values():
            if set(division) <= set(names):
                return ()
        return tuple(dict.fromkeys(names))

    def is_divided(self, lesson):
        """Whether the timetable itself names parts of the class."""
        return any(
            not self._groups[key].entire
            for key in lesson.group_ids
            if key in self._groups
        )

    # ---- sharing -----------------------------------------------------------------------

    def divisions(self, lesson):
        """Ways to divide a lesson among teachers.

        Its own groups; for a whole class the divisions that the file knows for it; for
        several classes also by class.

        :returns: list of lists of :class:`Audience`
        """
        if self.is_divided(lesson):
            return list(filter(None, [self._by_own_groups(lesson)]))
        result = []
        own = [self._divisions.get(class_id, {}) for class_id in lesson.class_ids]
        for names in own[0].values() if own else ():
            wanted = set(names)
            if all(any(set(d) == wanted for d in one.values()) for one in own):
                result.append([self._named(lesson.class_ids, name) for name in names])
        if len(lesson.class_ids) > 1:
            result.append(
                [Audience(((self._classes[c], ()),)) for c in lesson.class_ids]
            )
        return result

    def _by_own_groups(self, lesson):
        """One audience for each group's name, over all classes that have it."""
        classes = {}
        for class_id in lesson.class_ids:
            for group in self._own_groups(lesson, class_id):
                classes.setdefault(group.name, []).append(class_id)
        return [self._named(ids, name) for name, ids in classes.items()]

    def _named(self, class_ids, name):
        return Audience(tuple((self._classes[c], (name,)) for c in class_ids))

    def shares(self, lesson, teachers):
        """All ways to give each part a teacher of its own.

        :param teachers: planned accounts
        :returns: list of lists of ``(Audience, teacher)``
        """
        result = []
        for parts in self.divisions(lesson):
            if 2 <= len(parts) <= len(teachers):
                result += [
                    list(zip(parts, order, strict=True))
                    for order in permutations(teachers, len(parts))
                ]
        return result[:MOST_OPTIONS]
