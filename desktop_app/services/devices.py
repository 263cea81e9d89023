"""What the devices of those who write in a notebook are called. Names are their owners' to give; none is looked up."""

from desktop_app.config.settings import Settings
from desktop_app.notebook.journal import Recorder
from desktop_app.notebook.log import DEVICE, device_item
from desktop_app.services.context import Context

LONGEST_NAME = 100


class Devices:
    def __init__(self, context: Context) -> None:
        self._file = context.file

    def own_name(self) -> str:
        """What the settings call this device: one line, or nothing."""
        given = "".join(char if char.isprintable() else " " for char in Settings.load().text("device_name"))
        return " ".join(given.split())[:LONGEST_NAME].rstrip()

    def note_own(self, recorder: Recorder) -> bool:
        """Write this device's name down in the notebook where the settings have another one; whether they had.

        For whatever is about to be handed out, inside its change. A name that was taken away is taken away here too.
        """
        device, name = self._file.journal.device, self.own_name()
        if name == self._file.log.device_name(device):
            return False
        return recorder.record(DEVICE, device_item(device), {"device": device, "name": name})

    def names(self) -> dict[str, str]:
        """The names of devices by their ids, of those that have one."""
        return self._file.log.device_names()
