import re

from odoo import models

CHANNEL = re.compile(r"school_ejournal\.journal_(\d{1,9})")
MAX_LESSONS = 400


class IrWebsocket(models.AbstractModel):
    """Gives a browser the channels of the journals that its user may read."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Swap the text a browser asks with for record channels, after a read check.

        Nothing is ever sent to the text itself, which anybody could ask for.
        """
        channels = list(channels)
        ids = [
            int(match[1])
            for channel in channels
            if isinstance(channel, str) and (match := CHANNEL.fullmatch(channel))
        ]
        if ids and self.env.uid and self.env.user._is_internal():
            channels.extend(self._ejournal_channels(ids))
        return super()._build_bus_channel_list(channels)

    def _ejournal_channels(self, journal_ids):
        """Journals read as a whole, and the own lessons in the others.

        A marker reads one column; a lesson's message tells of all its cells.
        """
        Journal = self.env["ejournal.journal"]
        Lesson = self.env["ejournal.lesson"]
        if not Lesson.has_access("read"):
            return []
        journals = Journal.browse(journal_ids).exists()
        full = Journal._full_readers(journals)
        lessons = Lesson.search(
            [
                ("journal_id", "in", (journals - full).ids),
                "|",
                ("entrant_id", "=", self.env.uid),
                ("teacher_id", "=", self.env.uid),
            ],
            order="date desc",
            limit=MAX_LESSONS,
        )
        return [*full, *lessons]
