"""Who is how far in a shared folder, in words and rows. Makes no widgets."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.ui.exchange.telling import at_words
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets import Row

if TYPE_CHECKING:
    from desktop_app.services.shared_folder import DeviceStatus, FolderStatus


def device_rows(devices: "Sequence[DeviceStatus]") -> list[Row]:
    return [Row(one.device, device_name(one), device_words(one), _aside(one)) for one in devices]


def device_name(device: "DeviceStatus") -> str:
    """``Ben’s laptop, Ben Adair``; a device without a name goes by the beginning of its id."""
    name = device.name or tr("Device {id}", id=device.device[:4])
    return tr("{device}, {author}", device=name, author=device.author) if device.author else name


def device_words(device: "DeviceStatus") -> str:
    """``seen 20 November 2026, 09:30 · 12 of 14 packs read here · has read all of yours``."""
    seen = tr("seen {at}", at=at_words(device.at)) if device.at else tr("never seen")
    read = tr("{read} of {packs} read here", read=f"{device.read_here:,}",
              packs=count_text(device.wrote, "{number} pack", "{number} packs"))  # fmt: skip
    ours = tr("has read all of yours") if device.has_read_ours else tr("has not read all of yours yet")
    return f"{seen} · {read} · {ours}"


def _aside(device: "DeviceStatus") -> str:
    return count_text(device.waiting, "! {number} waits", "! {number} wait") if device.waiting else tr("✓ all read")


def out_words(status: "FolderStatus") -> str:
    if not status.waiting_out:
        return tr("All that is written here is in the folder.")
    return count_text(status.waiting_out, "{number} revision waits to go out.", "{number} revisions wait to go out.")
