import re
from collections import defaultdict

from odoo import api, models

_LATIN = re.compile("[A-Za-z]")
_PIN = re.compile(r"\d{14}")
_NOT_DIGITS = re.compile(r"\D")
# Of a number as it is typed: with or without the country's code and the leading zero.
_OWN_DIGITS = 9


class EjournalClass(models.Model):
    """What is missing or doubtful in the data of pupils and parents (Regulation: the
    class teacher gives exact data)."""

    _inherit = "ejournal.class"

    @api.readonly
    def load_doubts(self):
        """The class teacher's list of missing and doubtful data.

        :returns: list in the order of the list of dicts ``id``, ``name``, ``doubts``:
            list of ``{"code", "text"}``; codes are no_parent, no_phone, same_phone,
            no_birth_date, no_pin, bad_pin, latin_name
        :raises AccessError: neither class teacher of the class nor deputy director
        """
        self._check_leads()
        day = self._present_day()
        on_list = self._spans_of(self, day, day)[self.id]
        # sudo: the page's right was checked; pupils of this class alone
        pupils = (
            self.sudo().env["ejournal.pupil"].browse(row["pupil_id"] for row in on_list)
        )
        cards = {
            card.pupil_id.id: card
            for card in pupils.env["ejournal.pupil.card"].search(
                [("pupil_id", "in", pupils.ids)]
            )
        }
        guardians = pupils.env["ejournal.guardian"].search(
            [("pupil_id", "in", pupils.ids), ("date_end", "=", False)]
        )
        parents = {
            pupil.id: rows.parent_id
            for pupil, rows in guardians.grouped("pupil_id").items()
        }
        families = self._families_by_phone(parents)
        none = pupils.env["ejournal.parent"]
        texts = self._doubt_texts()
        result = []
        for pupil in pupils:
            codes = _doubts(
                pupil, cards.get(pupil.id), parents.get(pupil.id, none), families
            )
            if codes:
                result.append(
                    {
                        "id": pupil.id,
                        "name": pupil.name,
                        "doubts": [
                            {"code": code, "text": texts[code]} for code in codes
                        ],
                    }
                )
        return result

    def _families_by_phone(self, parents):
        """Numbers that parents of different families share: a set of numbers."""
        owners = defaultdict(set)
        for pupil_parents in parents.values():
            family = frozenset(pupil_parents.ids)
            for parent in pupil_parents:
                number = phone_digits(parent.phone)
                if number:
                    owners[number].add(family)
        shared = set()
        for number, families in owners.items():
            # brothers and sisters share a parent: one family
            apart = [
                family
                for family in families
                if not any(family & other for other in families if other != family)
            ]
            if len(families) > 1 and apart:
                shared.add(number)
        return shared

    def _doubt_texts(self):
        return {
            "no_parent": self.env._("No parent is named."),
            "no_phone": self.env._("No parent has a phone number."),
            "same_phone": self.env._("Another family has the same phone number."),
            "no_birth_date": self.env._("The date of birth is missing."),
            "no_pin": self.env._("The personal number (PIN) is missing."),
            "bad_pin": self.env._("The personal number (PIN) has not 14 digits."),
            "latin_name": self.env._("Latin letters stand in a name."),
        }


def phone_digits(phone):
    """The digits that tell two numbers apart; ``""`` for none."""
    return _NOT_DIGITS.sub("", phone or "")[-_OWN_DIGITS:]


def _doubts(pupil, card, parents, shared_phones):
    """Codes of what is missing or doubtful of one pupil."""
    numbers = {phone_digits(parent.phone) for parent in parents} - {""}
    pin = card.pin if card else False
    found = {
        "no_parent": not parents,
        "no_phone": bool(parents) and not numbers,
        "same_phone": bool(numbers & shared_phones),
        "no_birth_date": not (card and card.birth_date),
        "no_pin": not pin,
        "bad_pin": bool(pin) and not _PIN.fullmatch(pin),
        "latin_name": any(
            _LATIN.search(person.name or "") for person in (pupil, *parents)
        ),
    }
    return [code for code, is_so in found.items() if is_so]
